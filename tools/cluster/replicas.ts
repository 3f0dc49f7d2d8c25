import { type ServiceName, topology } from '@urr/contracts/topology.ts';

/** How many processes of each service a cluster runs; the pages and the simulator have one. */
export const replicaCounts: Readonly<Record<ServiceName, number>> = {
  'gateway-service': 3,
  'ticket-service': 2,
  'payment-service': 2,
  'auth-service': 1,
  'queue-service': 2,
  'catalog-service': 1,
};

/** One process of a service. */
export interface Replica {
  /** Such as `ticket-service-2`. */
  readonly name: string;
  readonly service: ServiceName;
  readonly port: number;
}

/** Every process of every service. The service's own port is the balancer's; the n-th replica listens n hundred above. */
export function replicasOf(offset: number): Replica[] {
  return (Object.keys(replicaCounts) as ServiceName[]).flatMap((service) =>
    Array.from({ length: replicaCounts[service] }, (_, index) => ({
      name: `${service}-${index + 1}`,
      service,
      port: topology[service].port + 100 * (index + 1) + offset,
    })),
  );
}
