import { type ServiceName, topology } from '@urr/contracts/topology.ts';

/** One process of the embedded platform and the services it runs. */
export interface ProcessPlan {
  readonly name: string;
  readonly services: readonly ServiceName[];
}

/**
 * The embedded platform's processes. Services that announce and consume domain events share one, because the
 * embedded event bus delivers in process; what faces the internet has the other.
 */
export const processPlans: readonly ProcessPlan[] = [
  { name: 'edge', services: ['gateway-service'] },
  {
    name: 'sale',
    services: ['auth-service', 'catalog-service', 'ticket-service', 'payment-service', 'queue-service'],
  },
];

/** Ports that are not workloads' own. */
export const simulatorPort = 3010;
export const postgresPort = 15432;

/** Every port the embedded platform opens, by what opens it; `hasPages` is false for one without the web application. */
export function portsOf(offset: number, hasPages = true): ReadonlyMap<string, number> {
  const workloads = Object.entries(topology)
    .filter(([name]) => hasPages || name !== 'frontend')
    .map(([name, workload]): [string, number] => [name, workload.port + offset]);
  return new Map([
    ...workloads,
    ['toss-simulator', simulatorPort + offset],
    ['postgresql', postgresPort + offset],
  ]);
}
