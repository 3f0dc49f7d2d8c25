/** Names of the variables of tracing, for programs that only hand them on. */
export const tracingNames = [
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'ZIPKIN_ENDPOINT',
  'TRACING_SAMPLING_PROBABILITY',
] as const;
