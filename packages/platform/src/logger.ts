import { type Logger, pino } from 'pino';
import { activeStep, type TraceStep } from './tracing/tracing.ts';

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

/** JSON log of one service; secrets are redacted, and what a request causes carries its trace. `level` is a pino level. */
export function createLogger(service: string, level: string): Logger {
  return pino({
    level,
    base: { service },
    redact: { paths: redacted, censor: '[secret]' },
    mixin: () => traceOf(activeStep()),
  });
}

function traceOf(step: TraceStep | undefined): object {
  return step?.context === undefined ? {} : { traceId: step.context.traceId, spanId: step.context.spanId };
}
