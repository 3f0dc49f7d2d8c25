import type { WorkloadName } from '@urr/contracts/topology.ts';
import { Type } from 'typebox';
import { type Environment, readConfig } from '../config.ts';
import { createLogger, type Logger } from '../logger.ts';
import { serviceVariables } from '../service-variables.ts';
import { createPassiveTracing } from './passive-tracing.ts';
import { traceCalls } from './trace-calls.ts';
import { type CollectorChoice, chooseCollector } from './choose-collector.ts';
import { servicesByOrigin, type Tracing } from './tracing.ts';
import { defaultProbability, tracingVariables } from './tracing-variables.ts';

const schema = Type.Object({ LOG_LEVEL: serviceVariables.LOG_LEVEL, ...tracingVariables });

/** Tracing of one service as its environment asks for it; the SDK is loaded only if a collector is set. Throws `ConfigFault`. */
export async function createTracing(service: WorkloadName, environment: Environment): Promise<Tracing> {
  const config = readConfig(schema, environment);
  const logger = createLogger(service, String(config.LOG_LEVEL));
  const choice = chooseCollector(config.OTEL_EXPORTER_OTLP_ENDPOINT, config.ZIPKIN_ENDPOINT);
  explain(choice, logger);
  traceCalls();
  const services = servicesByOrigin(environment);
  const given = config.TRACING_SAMPLING_PROBABILITY;
  const probability = given ?? defaultProbability;
  if (choice.url === undefined || probability === 0)
    return createPassiveTracing({ services, probability: given ?? 0 });
  const { createOtlpTracing } = await import('./otlp-tracing.ts');
  return createOtlpTracing({ service, url: choice.url, probability, services, logger });
}

function explain(choice: CollectorChoice, logger: Logger): void {
  if (choice.explanation !== undefined)
    logger[choice.url === undefined ? 'warn' : 'info'](choice.explanation);
}
