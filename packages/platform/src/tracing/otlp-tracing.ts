import {
  createTraceState,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
  type Tracer,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  type Sampler,
  SamplingDecision,
  type SpanExporter,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { topology, type WorkloadName } from '@urr/contracts/topology.ts';
import { withDeadline } from '../deadline.ts';
import type { Logger } from '../logger.ts';
import { readTraceContext, type TraceContext } from './trace-context.ts';
import type { StepOutcome, TracedCall, TracedRequest, TraceStep, Tracing } from './tracing.ts';

/** What a service's recorded tracing is made from. */
export interface OtlpTracingOptions {
  readonly service: WorkloadName;
  /** Full address of the collector's trace receiver. */
  readonly url: string;
  readonly probability: number;
  readonly services: ReadonlyMap<string, WorkloadName>;
  readonly logger: Logger;
}

const sendEveryMs = 1_000;
const exportDeadlineMs = 5_000;
/** A process that stops waits no longer for its collector. */
const lastExportDeadlineMs = 2_000;
const complaintEveryMs = 60_000;

/** Tracing that sends spans to a collector. Imported only where one is set: the SDK costs 170 ms and 24 MB. */
export function createOtlpTracing(options: OtlpTracingOptions): Tracing {
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': options.service }),
    sampler: samplerOf(options),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: complaining(
          new OTLPTraceExporter({ url: options.url, timeoutMillis: exportDeadlineMs }),
          options,
        ),
        scheduledDelayMillis: sendEveryMs,
      }),
    ],
  });
  const parts = { tracer: provider.getTracer('urr'), services: options.services };
  return {
    isRecording: true,
    background: new SpanStep(parts, undefined),
    beginRequest: (request) => new SpanStep(parts, startServerSpan(parts.tracer, request)),
    stop: () => withDeadline(provider.shutdown(), lastExportDeadlineMs, 'the last export').catch(() => {}),
  };
}

// Who is called by anyone keeps a stranger's trace id but not the wish to be recorded: that would be the stranger's
// to spend.
function samplerOf({ service, probability }: OtlpTracingOptions): ParentBasedSampler {
  const root = sampleShare(probability);
  return topology[service].calledBy === 'anyone'
    ? new ParentBasedSampler({ root, remoteParentSampled: root })
    : new ParentBasedSampler({ root });
}

// Not by the trace id, which a stranger may have chosen so that it is always among those.
function sampleShare(probability: number): Sampler {
  return {
    shouldSample: () => ({
      decision:
        Math.random() < probability ? SamplingDecision.RECORD_AND_SAMPLED : SamplingDecision.NOT_RECORD,
    }),
  };
}

function startServerSpan(tracer: Tracer, { method, route, headers }: TracedRequest): Span {
  const given = readTraceContext(headers);
  const parent =
    given === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, spanContextOf(given));
  const attributes = {
    'http.request.method': method,
    ...(route === undefined ? {} : { 'http.route': route }),
  };
  const name = route === undefined ? method : `${method} ${route}`;
  return tracer.startSpan(name, { kind: SpanKind.SERVER, attributes }, parent);
}

function spanContextOf({ traceId, spanId, flags, state }: TraceContext) {
  const traceState = state === undefined ? {} : { traceState: createTraceState(state) };
  return { traceId, spanId, traceFlags: flags, isRemote: true, ...traceState };
}

interface SpanParts {
  readonly tracer: Tracer;
  readonly services: ReadonlyMap<string, WorkloadName>;
}

class SpanStep implements TraceStep {
  readonly context: TraceContext | undefined;
  readonly #parts: SpanParts;
  readonly #span: Span | undefined;
  #hasEnded = false;

  constructor(parts: SpanParts, span: Span | undefined) {
    this.#parts = parts;
    this.#span = span;
    this.context = span === undefined ? undefined : contextOf(span);
  }

  serviceAt(origin: string): WorkloadName | undefined {
    return this.#parts.services.get(origin);
  }

  beginCall({ method, service }: TracedCall): TraceStep {
    const parent = this.#span === undefined ? ROOT_CONTEXT : trace.setSpan(ROOT_CONTEXT, this.#span);
    const attributes = { 'http.request.method': method, 'service.peer.name': service };
    const options = { kind: SpanKind.CLIENT, attributes };
    return new SpanStep(this.#parts, this.#parts.tracer.startSpan(`${method} ${service}`, options, parent));
  }

  end({ status, fault }: StepOutcome): void {
    if (this.#hasEnded || this.#span === undefined) return;
    this.#hasEnded = true;
    if (status !== undefined) this.#span.setAttribute('http.response.status_code', status);
    // A refusal is an answer; only a fault is an error.
    const failure = fault ?? (status !== undefined && status >= 500 ? String(status) : undefined);
    if (failure !== undefined) {
      this.#span.setAttribute('error.type', failure);
      this.#span.setStatus({ code: SpanStatusCode.ERROR });
    }
    this.#span.end();
  }
}

function contextOf(span: Span): TraceContext {
  const { traceId, spanId, traceFlags, traceState } = span.spanContext();
  return { traceId, spanId, flags: traceFlags, state: traceState?.serialize() };
}

// The SDK swallows failures; an operator should learn of them, though not with every batch.
function complaining(exporter: SpanExporter, { url, logger }: OtlpTracingOptions): SpanExporter {
  let quietUntil = 0;
  return {
    export: (spans, settle) =>
      exporter.export(spans, (result) => {
        if (result.code !== 0 && performance.now() >= quietUntil) {
          quietUntil = performance.now() + complaintEveryMs;
          logger.warn({ url, fault: result.error?.message, spans: spans.length }, 'traces could not be sent');
        }
        settle(result);
      }),
    shutdown: () => exporter.shutdown(),
    forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
  };
}
