/** Where traces go, and what an operator should know about it. */
export interface CollectorChoice {
  /** Full address of the trace receiver. */
  readonly url?: string;
  readonly explanation?: string;
}

const tracesPath = '/v1/traces';

/** Decides where traces go. Both given: the first counts, as it says what it is. */
export function chooseCollector(otlp: string | undefined, zipkin: string | undefined): CollectorChoice {
  if (otlp !== undefined) return { url: tracesUrl(otlp) };
  if (zipkin === undefined) return {};
  if (takesOtlp(zipkin)) {
    const url = tracesUrl(zipkin);
    return { url, explanation: `ZIPKIN_ENDPOINT is used as an OTLP endpoint: traces go to ${url}` };
  }
  return {
    explanation:
      `ZIPKIN_ENDPOINT=${zipkin} takes Zipkin's own format, which is not sent any more: no traces are recorded. ` +
      'Run an OpenTelemetry collector with a zipkin exporter before that server and set OTEL_EXPORTER_OTLP_ENDPOINT to it',
  };
}

/** 4318 is the port of OTLP over HTTP. */
function takesOtlp(endpoint: string): boolean {
  const url = URL.parse(endpoint);
  return url !== null && (url.pathname.endsWith(tracesPath) || (url.port === '4318' && url.pathname === '/'));
}

function tracesUrl(endpoint: string): string {
  const base = endpoint.replace(/\/+$/, '');
  return base.endsWith(tracesPath) ? base : base + tracesPath;
}
