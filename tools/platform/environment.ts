import { topology } from '@urr/contracts/topology.ts';
import { portsOf, simulatorPort } from './processes.ts';
import type { EmbeddedSecrets } from './secrets.ts';

/** What an environment of the embedded platform is made from. */
export interface EnvironmentSource {
  readonly portOffset: number;
  readonly secrets: EmbeddedSecrets;
  readonly databaseUrl: (database: string) => string;
  readonly stateDirectory: string;
}

/** Variables all processes of the embedded platform get. The names are those of a cluster's ConfigMap and Secret. */
export function platformEnvironment(source: EnvironmentSource): Record<string, string> {
  const origin = (port: number) => `http://127.0.0.1:${port + source.portOffset}`;
  const environment: Record<string, string> = {
    ...source.secrets,
    LOG_LEVEL: 'info',
    COOKIE_SECURE: 'false',
    CORS_ALLOWED_ORIGINS: `http://localhost:${3000 + source.portOffset},http://127.0.0.1:${3000 + source.portOffset}`,
    TOSS_API_BASE_URL: origin(simulatorPort),
    TOSS_CHECKOUT_URL: `${origin(simulatorPort)}/checkout`,
    PAYMENT_RETURN_BASE_URL: `http://localhost:${3000 + source.portOffset}`,
  };
  for (const workload of Object.values(topology)) {
    environment[workload.urlVariable] = origin(workload.port);
    if (workload.database === null) continue;
    environment[`${workload.database.toUpperCase()}_URL`] = source.databaseUrl(workload.database);
  }
  return environment;
}

/** Variables of the payment simulator's process. */
export function simulatorEnvironment(source: EnvironmentSource): Record<string, string> {
  return {
    PORT: String(portsOf(source.portOffset).get('toss-simulator')),
    SIMULATOR_STATE_DIR: `${source.stateDirectory}/toss-simulator`,
    SIMULATOR_CLIENT_KEY: source.secrets.TOSS_CLIENT_KEY,
    SIMULATOR_SECRET_KEY: source.secrets.TOSS_SECRET_KEY,
    SIMULATOR_WEBHOOK_URL: `http://127.0.0.1:${topology['payment-service'].port + source.portOffset}/api/v1/payments/webhooks/toss`,
  };
}
