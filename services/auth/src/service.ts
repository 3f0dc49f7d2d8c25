import path from 'node:path';
import type { ServiceDefinition } from '@urr/platform/service.ts';
import { createAuthService } from './app.ts';
import { readAuthConfig } from './config.ts';

/** auth-service: accounts and sessions. */
export const authService: ServiceDefinition = {
  name: 'auth-service',
  migrations: path.join(import.meta.dirname, '../migrations'),
  create: async (environment, shared) => createAuthService(readAuthConfig(environment), shared),
};
