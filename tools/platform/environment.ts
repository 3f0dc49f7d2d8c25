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
    CORS_ALLOWED_ORIGINS: `${pagesUrl(source.portOffset)},${origin(topology.frontend.port)}`,
    TOSS_API_BASE_URL: origin(simulatorPort),
    TOSS_CHECKOUT_URL: `${origin(simulatorPort)}/checkout`,
    PAYMENT_RETURN_BASE_URL: pagesUrl(source.portOffset),
    WEB_PUBLIC_ORIGIN: pagesUrl(source.portOffset),
    CATALOG_IMAGE_DIRECTORY: `${source.stateDirectory}/images`,
  };
  for (const [name, workload] of Object.entries(topology)) {
    if (name === 'frontend') continue;
    environment[workload.urlVariable] = origin(workload.port);
    if (workload.database === null) continue;
    environment[`${workload.database.toUpperCase()}_URL`] = source.databaseUrl(workload.database);
  }
  return environment;
}

/** Where people find the pages. By this name, because a provider sends them back to it and cookies belong to a name. */
export function pagesUrl(portOffset: number): string {
  return `http://localhost:${topology.frontend.port + portOffset}`;
}

/** Variables of the web application's process; it needs no key that opens anything. */
export function webEnvironment(
  { portOffset, secrets }: Pick<EnvironmentSource, 'portOffset' | 'secrets'>,
  buildDirectory: string,
): Record<string, string> {
  return {
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    WEB_BUILD_DIRECTORY: buildDirectory,
    PORT: String(topology.frontend.port + portOffset),
    GATEWAY_SERVICE_URL: `http://127.0.0.1:${topology['gateway-service'].port + portOffset}`,
    FRONTEND_SECRET: secrets.FRONTEND_SECRET,
    WEB_PUBLIC_ORIGIN: pagesUrl(portOffset),
  };
}

/** Variables of the payment simulator's process. */
export function simulatorEnvironment(source: EnvironmentSource): Record<string, string> {
  return {
    PORT: String(portsOf(source.portOffset).get('toss-simulator')),
    SIMULATOR_STATE_DIR: `${source.stateDirectory}/toss-simulator`,
    SIMULATOR_CLIENT_KEY: source.secrets.TOSS_CLIENT_KEY,
    SIMULATOR_SECRET_KEY: source.secrets.TOSS_SECRET_KEY,
    // Its pages show the mailbox too.
    AUTH_SERVICE_URL: `http://127.0.0.1:${topology['auth-service'].port + source.portOffset}`,
    INTERNAL_API_TOKEN: source.secrets.INTERNAL_API_TOKEN,
    SIMULATOR_WEBHOOK_URL: `http://127.0.0.1:${topology['payment-service'].port + source.portOffset}/api/v1/payments/webhooks/toss`,
  };
}
