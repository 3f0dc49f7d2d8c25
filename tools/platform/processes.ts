import { topology, type WorkloadName } from '@urr/contracts/topology.ts';

/** One process of the embedded platform and the services it runs. */
export interface ProcessPlan {
  readonly name: string;
  readonly services: readonly WorkloadName[];
}

/**
 * The embedded platform's processes. Services that announce and consume domain events share one, because the
 * embedded event bus delivers in process; what faces the internet has the other.
 */
export const processPlans: readonly ProcessPlan[] = [
  { name: 'edge', services: ['gateway-service', 'auth-service'] },
  { name: 'sale', services: ['catalog-service', 'ticket-service', 'payment-service', 'queue-service'] },
];

/** Ports that are not workloads' own. */
export const simulatorPort = 3010;
export const postgresPort = 15432;

/** Every port the embedded platform opens, by what opens it. */
export function portsOf(offset: number): ReadonlyMap<string, number> {
  const workloads = Object.entries(topology).map(([name, workload]): [string, number] => [
    name,
    workload.port + offset,
  ]);
  return new Map([
    ...workloads,
    ['toss-simulator', simulatorPort + offset],
    ['postgresql', postgresPort + offset],
  ]);
}
