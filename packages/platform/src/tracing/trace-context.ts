import { randomBytes } from 'node:crypto';

/** Where a request stands in a trace (W3C Trace Context). */
export interface TraceContext {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** 16 hexadecimal digits. */
  readonly spanId: string;
  /** Bit 0: the trace is recorded. */
  readonly flags: number;
  /** What other systems wrote, handed on as it came. */
  readonly state: string | undefined;
}

/** Bit of `flags` that says that the trace is recorded. */
export const sampledFlag = 1;

const wellFormed =
  /^(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(?:$|-)/;
/** Length of a `traceparent` of version 00; later versions may be longer. */
const firstVersionLength = 55;

/** Reads `traceparent` and `tracestate`; `undefined` when the first is absent or malformed, and then the second counts for nothing. */
export function readTraceContext(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): TraceContext | undefined {
  const given = headers['traceparent'];
  const match = typeof given === 'string' ? wellFormed.exec(given) : null;
  if (match === null) return undefined;
  const [, version, traceId = '', spanId = '', flags = ''] = match;
  if (version === '00' && match.input.length !== firstVersionLength) return undefined;
  return { traceId, spanId, flags: Number.parseInt(flags, 16), state: stateOf(headers['tracestate']) };
}

// 512 characters are what everybody must be able to hand on; a longer one may be dropped whole.
function stateOf(given: string | string[] | undefined): string | undefined {
  return typeof given === 'string' && /^[\x20-\x7e]{1,512}$/.test(given) ? given : undefined;
}

/** The headers that hand a context on, as a flat list. */
export function traceHeaders(context: TraceContext): string[] {
  const flags = context.flags.toString(16).padStart(2, '0');
  const headers = ['traceparent', `00-${context.traceId}-${context.spanId}-${flags}`];
  return context.state === undefined ? headers : [...headers, 'tracestate', context.state];
}

/** The beginning of a trace. */
export function newTraceContext(isSampled: boolean): TraceContext {
  const id = randomBytes(24).toString('hex');
  return {
    traceId: id.slice(0, 32),
    spanId: id.slice(32),
    flags: isSampled ? sampledFlag : 0,
    state: undefined,
  };
}
