import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';

/** Environment of the web application. */
export const webVariables = Type.Object({
  HOST: Type.String({ default: '127.0.0.1', description: 'Address to listen at' }),
  PORT: Type.Integer({ default: 3000, minimum: 0, maximum: 65_535, description: 'Port to listen at' }),
  GATEWAY_SERVICE_URL: Type.String({
    pattern: '^https?://[^/]+$',
    description: 'Origin of gateway-service, as this process reaches it',
  }),
  FRONTEND_SECRET: Type.Optional(
    Type.String({
      minLength: 16,
      'x-secret': true,
      description: 'Proves to gateway-service that the address it is told of a reader is true',
    }),
  ),
  GOOGLE_CLIENT_ID: Type.Optional(
    Type.String({
      minLength: 1,
      description: 'OAuth client of Google sign-in; it is not offered while unset',
    }),
  ),
  WEB_PUBLIC_ORIGIN: Type.String({
    default: 'http://localhost:3000',
    pattern: '^https?://[^/]+$',
    description: 'Origin readers see; links that leave the site carry it',
  }),
  WEB_MAX_PAGES: Type.Integer({
    // Two seconds' work: everything else this process does waits behind it.
    default: 50,
    minimum: 1,
    maximum: 10_000,
    description: 'Pages rendered at once; one more is asked to come back',
  }),
  WEB_DEVELOPMENT: Type.Boolean({ default: false, description: 'Builds each page as it is asked for' }),
});

/** Settings of the web application. */
export type WebConfig = Readonly<Static<typeof webVariables>>;

let known: WebConfig | undefined;

/** Reads the environment once; throws with every fault. */
export function webConfig(): WebConfig {
  known ??= readWebConfig(process.env);
  return known;
}

/** Reads an environment; throws with every fault. */
export function readWebConfig(environment: Readonly<Record<string, string | undefined>>): WebConfig {
  const given = Object.fromEntries(
    Object.keys(webVariables.properties)
      .map((name) => [name, environment[name]] as const)
      .filter(([, value]) => value !== undefined && value !== ''),
  );
  const values = Value.Convert(webVariables, Value.Default(webVariables, given));
  const faults = [...Value.Errors(webVariables, values)].map((error) =>
    `${error.instancePath.slice(1)} ${error.message}`.trim(),
  );
  if (faults.length > 0) throw new Error(`The configuration is not valid:\n  - ${faults.join('\n  - ')}`);
  return Object.freeze(values as WebConfig);
}
