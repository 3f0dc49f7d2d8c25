import { type Logger, pino } from 'pino';

export type { Logger };

const redacted = [
  'req.headers.authorization',
  'req.headers.cookie',
  'headers.authorization',
  'headers.cookie',
  '*.password',
  '*.refreshToken',
  '*.accessToken',
  '*.entryToken',
  '*.secretKey',
];

/** JSON log of one service; secrets are redacted. `level` is a pino level. */
export function createLogger(service: string, level: string): Logger {
  return pino({ level, base: { service }, redact: { paths: redacted, censor: '[secret]' } });
}
