import { Type } from 'typebox';
import { Base64SecretVariable, SecretVariable } from './config.ts';

/** Variables every service reads; spread them into a service's own schema. */
export const serviceVariables = {
  HOST: Type.String({ default: '127.0.0.1' }),
  LOG_LEVEL: Type.Union(
    ['fatal', 'error', 'warn', 'info', 'debug', 'silent'].map((level) => Type.Literal(level)),
    { default: 'info' },
  ),
  /** Key of access tokens, base64, at least 32 bytes. */
  JWT_SECRET: Base64SecretVariable({ minBytes: 32 }),
  /** Proof that a call comes from another workload. */
  INTERNAL_API_TOKEN: SecretVariable({ minLength: 32 }),
};

/** The port variable with the workload's own port as default. */
export function portVariable(port: number) {
  return Type.Integer({ default: port, minimum: 0, maximum: 65_535 });
}

/** Variable with the origin of another service, such as `http://ticket-service:3002`. */
export function urlVariable() {
  return Type.String({ pattern: '^https?://[^/]+$' });
}
