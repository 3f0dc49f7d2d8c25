import path from 'node:path';
import type { ServiceDefinition } from '@urr/platform/service.ts';
import { createCatalogApp } from './app.ts';
import { readCatalogConfig } from './config.ts';
import { chooseImageStore } from './images/choose-image-store.ts';

/** catalog-service: artists, halls, layouts, events, prices and sale schedules. */
export const catalogService: ServiceDefinition = {
  name: 'catalog-service',
  migrations: path.join(import.meta.dirname, '../migrations'),
  create: async (environment, shared) => {
    const config = readCatalogConfig(environment);
    const parts = { ...shared, imageStore: await chooseImageStore(config) };
    return { ...createCatalogApp(config, parts), port: config.PORT, host: config.HOST };
  },
};
