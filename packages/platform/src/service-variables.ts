import { Type } from 'typebox';
import { Base64SecretVariable, SecretVariable } from './config.ts';
import { tracingVariables } from './tracing/tracing-variables.ts';

/** Variables every service reads; spread them into a service's own schema. */
export const serviceVariables = {
  HOST: Type.String({ default: '127.0.0.1', description: 'Address to listen at' }),
  LOG_LEVEL: Type.Union(
    ['fatal', 'error', 'warn', 'info', 'debug', 'silent'].map((level) => Type.Literal(level)),
    { default: 'info', description: 'Least level of a log line' },
  ),
  JWT_SECRET: Base64SecretVariable({
    minBytes: 32,
    description: 'Key of access tokens, base64, at least 32 bytes',
  }),
  INTERNAL_API_TOKEN: SecretVariable({
    minLength: 32,
    description: 'Proof that a call comes from another workload, at least 32 characters',
  }),
  SHUTDOWN_DELAY_MS: Type.Integer({
    default: 0,
    minimum: 0,
    maximum: 60_000,
    description:
      'Milliseconds a process that was told to stop goes on answering, not ready any more: time for a balancer to notice',
  }),
  ...tracingVariables,
};

/** The port variable with the workload's own port as default. */
export function portVariable(port: number) {
  return Type.Integer({ default: port, minimum: 0, maximum: 65_535, description: 'Port to listen at' });
}

/** Variable with an origin, such as `http://ticket-service:3002`; another service's unless `description` says otherwise. */
export function urlVariable(description = 'Origin of that service') {
  return Type.String({ pattern: '^https?://[^/]+$', description });
}
