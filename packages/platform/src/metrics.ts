import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

export { Counter, Gauge, Histogram, Registry };

/** Seconds; fine where a buyer notices, coarse where only a fault reaches. */
const durationBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Metrics every service has. */
export interface ServiceMetrics {
  readonly registry: Registry;
  /** Records one answered request. Seconds. */
  observeRequest(method: string, route: string, status: number, seconds: number): void;
}

/** Creates a registry of its own, so that several services can share a process. */
export function createServiceMetrics(service: string): ServiceMetrics {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  const duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time to answer',
    labelNames: ['method', 'route', 'status'],
    buckets: durationBuckets,
    registers: [registry],
  });
  // Looking labels up costs more than observing, and there are few combinations.
  const children = new Map<string, Histogram.Internal<string>>();
  return {
    registry,
    observeRequest: (method, route, status, seconds) => {
      const key = `${method} ${route} ${status}`;
      let child = children.get(key);
      if (child === undefined) children.set(key, (child = duration.labels(method, route, String(status))));
      child.observe(seconds);
    },
  };
}
