import { topology } from '@urr/contracts/topology.ts';
import { DatabaseUrlVariable, type Environment, readConfig } from '@urr/platform/config.ts';
import { portVariable, serviceVariables, urlVariable } from '@urr/platform/service-variables.ts';
import { type Static, Type } from 'typebox';
import { imageFaults, imageVariables } from './images/image-variables.ts';

/** Environment of catalog-service. */
export const catalogVariables = Type.Object({
  ...serviceVariables,
  PORT: portVariable(topology['catalog-service'].port),
  CATALOG_DB_URL: DatabaseUrlVariable(),
  CATALOG_DB_POOL_SIZE: Type.Integer({
    default: 6,
    minimum: 2,
    maximum: 100,
    description: 'Most connections to the database',
  }),
  TICKET_SERVICE_URL: urlVariable(),
  ...imageVariables,
});

export type Config = Readonly<Static<typeof catalogVariables>>;

/** Reads the service's environment; throws `ConfigFault` with every fault. */
export function readCatalogConfig(environment: Environment): Config {
  return readConfig(catalogVariables, environment, imageFaults);
}
