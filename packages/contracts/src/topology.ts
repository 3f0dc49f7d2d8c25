/** One workload of the platform: its port, its database and who may call it. */
export interface Workload {
  readonly port: number;
  /** Database name; `null` when the workload keeps no rows. */
  readonly database: string | null;
  /** Workloads allowed to open a connection to it; `anyone` means the internet. */
  readonly calledBy: readonly WorkloadName[] | 'anyone';
  /** Variable that tells callers where it is. */
  readonly urlVariable: string;
}

/** Names of the workloads this repository runs. */
export type WorkloadName =
  | 'frontend'
  | 'gateway-service'
  | 'ticket-service'
  | 'payment-service'
  | 'auth-service'
  | 'queue-service'
  | 'catalog-service';

/** The workloads that answer routes of the API; the web application only calls them. */
export type ServiceName = Exclude<WorkloadName, 'frontend'>;

/** The whole call graph. `npm start`, the gateway's origins and the tables and pictures of the docs come from it or are tested against it. */
export const topology: Readonly<Record<WorkloadName, Workload>> = {
  frontend: {
    port: 3000,
    database: null,
    calledBy: 'anyone',
    urlVariable: 'WEB_PUBLIC_ORIGIN',
  },
  'gateway-service': {
    port: 3001,
    database: null,
    calledBy: 'anyone',
    urlVariable: 'GATEWAY_SERVICE_URL',
  },
  'ticket-service': {
    port: 3002,
    database: 'ticket_db',
    calledBy: ['gateway-service', 'payment-service', 'catalog-service'],
    urlVariable: 'TICKET_SERVICE_URL',
  },
  'payment-service': {
    port: 3003,
    database: 'payment_db',
    calledBy: ['gateway-service'],
    urlVariable: 'PAYMENT_SERVICE_URL',
  },
  'auth-service': {
    port: 3005,
    database: 'auth_db',
    calledBy: ['gateway-service', 'catalog-service'],
    urlVariable: 'AUTH_SERVICE_URL',
  },
  'queue-service': {
    port: 3007,
    database: 'queue_db',
    calledBy: ['gateway-service'],
    urlVariable: 'QUEUE_SERVICE_URL',
  },
  'catalog-service': {
    port: 3009,
    database: 'catalog_db',
    calledBy: ['gateway-service', 'queue-service'],
    urlVariable: 'CATALOG_SERVICE_URL',
  },
};

/** Every workload name, in port order. */
export const workloadNames = Object.keys(topology) as WorkloadName[];

/** Topics that domain events travel on. */
export const topics = [
  'payment-events',
  'reservation-events',
  'transfer-events',
  'membership-events',
] as const;
export type Topic = (typeof topics)[number];

/** Partitions of each topic. */
export const partitionsPerTopic = 3;

/** The topic of events that some consumer of `topic` could not digest. */
export function deadLetterTopic(topic: string): string {
  return `${topic}.dlq`;
}
