import { createHmac } from 'node:crypto';
import path from 'node:path';
import { type ServiceName, topology } from '@urr/contracts/topology.ts';
import { platformEnvironment } from '../platform/environment.ts';
import { launchNode } from '../platform/launch.ts';
import type { LayoutSource, PlatformLayout } from '../platform/layout.ts';
import { portsOf } from '../platform/processes.ts';
import { answersAll, frontPlans } from '../platform/program-plans.ts';
import type { EmbeddedSecrets } from '../platform/secrets.ts';
import type { ProgramPlan } from '../platform/supervisor.ts';
import { kafkaBrokers, kafkaPlans, kafkaPorts } from './kafka-nodes.ts';
import { formRedisCluster, redisNodes, redisPlans, redisPorts } from './redis-nodes.ts';
import { type Replica, replicaCounts, replicasOf } from './replicas.ts';

/** Programs that are installed already. */
export interface Engines {
  readonly redisServer: string;
}

const shiftedClock = import.meta.resolve('@urr/testkit/shifted-clock.ts');
const repository = path.join(import.meta.dirname, '../..');

/** How a cluster differs from one whose machines are all well. */
export interface ClusterTrouble {
  /** Seconds that a replica's clock is ahead of the others'. */
  readonly clockShift?: (replica: Replica) => number;
}

/** The platform as it runs in production: each service its own processes behind a balancer, Redis Cluster, Kafka. */
export function clusterLayout(engines: Engines, trouble: ClusterTrouble = {}): PlatformLayout {
  return {
    ports: (offset, hasPages) =>
      new Map([
        ...portsOf(offset, hasPages),
        ...replicasOf(offset).map(({ name, port }) => [name, port] as const),
        ...redisPorts(offset),
        ...kafkaPorts(offset),
      ]),
    startEngines: async (source, start) => {
      source.progress('starting Redis Cluster and Kafka');
      const { portOffset, stateDirectory } = source;
      const password = redisPasswordOf(source.secrets);
      const redis = await redisPlans(engines.redisServer, stateDirectory, portOffset, password);
      const kafka = await kafkaPlans(stateDirectory, portOffset);
      await start([...redis, ...kafka]);
      await formRedisCluster(portOffset, password);
    },
    programs: (source) => [
      [
        ...replicasOf(source.portOffset).map((replica) =>
          replicaPlan(source, replica, trouble.clockShift?.(replica) ?? 0),
        ),
        ...frontPlans(source),
      ],
      [balancerPlan(source.portOffset)],
    ],
  };
}

/** Variables of the scale-out profile, besides those every platform has. */
export function clusterEnvironment(source: LayoutSource): Record<string, string> {
  return {
    REDIS_CLUSTER_NODES: redisNodes(source.portOffset).join(','),
    REDIS_PASSWORD: redisPasswordOf(source.secrets),
    KAFKA_BOOTSTRAP_SERVERS: kafkaBrokers(source.portOffset).join(','),
    KAFKA_TOPIC_REPLICATION_FACTOR: '3',
    SHUTDOWN_DELAY_MS: '1500',
  };
}

/** The password of a cluster's Redis: made from a secret it has, so that nothing else has to be kept. */
export function redisPasswordOf({ INTERNAL_API_TOKEN }: Pick<EmbeddedSecrets, 'INTERNAL_API_TOKEN'>): string {
  return createHmac('sha256', INTERNAL_API_TOKEN).update('redis').digest('hex');
}

function replicaPlan(
  source: LayoutSource,
  { name, service, port }: Replica,
  shiftSeconds: number,
): ProgramPlan {
  const script = path.join(repository, 'services', folderOf(service), 'src/main.ts');
  const environment = {
    ...platformEnvironment(source),
    ...clusterEnvironment(source),
    ...source.overrides,
    PORT: String(port),
    ...(shiftSeconds !== 0 && {
      SHIFT_SECONDS: String(shiftSeconds),
      NODE_OPTIONS: `--import ${shiftedClock}`,
    }),
  };
  return {
    name,
    launch: () => launchNode({ script, environment }),
    isReady: () => answersAll([port]),
  };
}

function folderOf(service: ServiceName): string {
  return service.replace(/-service$/, '');
}

function balancerPlan(offset: number): ProgramPlan {
  const services = Object.keys(replicaCounts) as ServiceName[];
  const balanced = services.map((service) => ({
    port: topology[service].port + offset,
    replicaPorts: replicasOf(offset).flatMap((replica) =>
      replica.service === service ? [replica.port] : [],
    ),
  }));
  return {
    name: 'balancer',
    launch: () =>
      launchNode({
        script: path.join(import.meta.dirname, 'balancer-process.ts'),
        args: [JSON.stringify(balanced)],
        environment: {},
      }),
    isReady: () => answersAll(balanced.map(({ port }) => port)),
  };
}
