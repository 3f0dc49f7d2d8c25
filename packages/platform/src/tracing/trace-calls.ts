import { subscribe } from 'node:diagnostics_channel';
import { traceHeaders } from './trace-context.ts';
import { activeStep, type TraceStep } from './tracing.ts';

/** What undici tells about a request; Node's own `fetch` is undici too. */
interface UndiciRequest {
  readonly origin: string | URL;
  readonly method: string;
  readonly headers: readonly string[] | string;
  addHeader(name: string, value: string): void;
}

interface UndiciMessage {
  readonly request: UndiciRequest;
  readonly response?: { readonly statusCode: number };
}

interface CallUnderWay {
  readonly step: TraceStep;
  status: number | undefined;
}

let isWatching = false;

/**
 * Hands the active step on with every call from one service to another, and to nobody else. One watch serves all
 * services of a process: whose call it is says the active step.
 */
export function traceCalls(): void {
  if (isWatching) return;
  isWatching = true;
  const calls = new WeakMap<UndiciRequest, CallUnderWay>();
  subscribe('undici:request:create', (message) => begin(calls, (message as UndiciMessage).request));
  subscribe('undici:request:headers', (message) => {
    const { request, response } = message as UndiciMessage;
    const call = calls.get(request);
    if (call !== undefined) call.status = response?.statusCode;
  });
  const end = (outcome: { readonly fault?: string }) => (message: unknown) => {
    const call = calls.get((message as UndiciMessage).request);
    call?.step.end({ ...(call.status === undefined ? {} : { status: call.status }), ...outcome });
  };
  subscribe('undici:request:trailers', end({}));
  subscribe('undici:request:error', end({ fault: 'connection broken' }));
}

function begin(calls: WeakMap<UndiciRequest, CallUnderWay>, request: UndiciRequest): void {
  const active = activeStep();
  const service = active?.serviceAt(String(request.origin));
  // Who says where it stands itself, as the gateway does, is not overruled.
  if (active === undefined || service === undefined || request.headers.includes('traceparent')) return;
  const step = active.beginCall({ method: request.method, service });
  if (step.context === undefined) return;
  calls.set(request, { step, status: undefined });
  const [parent = '', context = '', state, value] = traceHeaders(step.context);
  request.addHeader(parent, context);
  if (state !== undefined && value !== undefined) request.addHeader(state, value);
}
