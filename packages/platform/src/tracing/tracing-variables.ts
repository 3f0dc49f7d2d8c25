import { type TSchema, Type } from 'typebox';
import type { tracingNames } from './tracing-names.ts';

/** Share of traces recorded where a collector is set and nobody says otherwise. */
export const defaultProbability = 0.1;

/** Variables of tracing; every service has them. */
export const tracingVariables = {
  OTEL_EXPORTER_OTLP_ENDPOINT: Type.Optional(
    Type.String({
      pattern: '^https?://[^\\s?#]+$',
      description:
        'Collector that takes traces as OTLP over HTTP, such as `http://otel-collector:4318`; unset: none are recorded',
    }),
  ),
  ZIPKIN_ENDPOINT: Type.Optional(
    Type.String({
      pattern: '^https?://[^\\s?#]+$',
      description:
        'Used like `OTEL_EXPORTER_OTLP_ENDPOINT` if it ends with `/v1/traces` or names port 4318; an address of Zipkin’s own format only leaves a line in the log',
    }),
  ),
  TRACING_SAMPLING_PROBABILITY: Type.Optional(
    Type.Number({
      minimum: 0,
      maximum: 1,
      description: `Share of the traces begun here that are recorded; ${defaultProbability} where a collector is set, 0 turns tracing off`,
    }),
  ),
} satisfies Record<(typeof tracingNames)[number], TSchema>;
