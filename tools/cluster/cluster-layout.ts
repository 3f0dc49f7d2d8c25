import { createHmac } from 'node:crypto';
import path from 'node:path';
import { type ServiceName, topology } from '@urr/contracts/topology.ts';
import { platformEnvironment } from '../platform/environment.ts';
import { launchNode } from '../platform/launch.ts';
import type { LayoutSource, PlatformLayout } from '../platform/layout.ts';
import { portsOf } from '../platform/processes.ts';
import { answersAll, frontPlans } from '../platform/program-plans.ts';
import type { ProgramPlan } from '../platform/supervisor.ts';
import { kafkaBrokers, kafkaPlans, kafkaPorts } from './kafka-nodes.ts';
import { formRedisCluster, redisNodes, redisPlans, redisPorts } from './redis-nodes.ts';
import { type Replica, replicaCounts, replicasOf } from './replicas.ts';

/** Programs that are installed already. */
export interface Engines {
  readonly redisServer: string;
}

const repository = path.join(import.meta.dirname, '../..');

/** The platform as it runs in production: each service its own processes behind a balancer, Redis Cluster, Kafka. */
export function clusterLayout(engines: Engines): PlatformLayout {
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
      const password = redisPassword(source);
      const redis = await redisPlans(engines.redisServer, stateDirectory, portOffset, password);
      const kafka = await kafkaPlans(stateDirectory, portOffset);
      await start([...redis, ...kafka]);
      await formRedisCluster(portOffset, password);
    },
    programs: (source) => [
      balancerPlan(source.portOffset),
      ...replicasOf(source.portOffset).map((replica) => replicaPlan(source, replica)),
      ...frontPlans(source),
    ],
  };
}

/** Variables of the scale-out profile, besides those every platform has. */
export function clusterEnvironment(source: LayoutSource): Record<string, string> {
  return {
    REDIS_CLUSTER_NODES: redisNodes(source.portOffset).join(','),
    REDIS_PASSWORD: redisPassword(source),
    KAFKA_BOOTSTRAP_SERVERS: kafkaBrokers(source.portOffset).join(','),
    KAFKA_TOPIC_REPLICATION_FACTOR: '3',
  };
}

// Made from a secret the platform has, so that nothing else has to be kept.
function redisPassword({ secrets }: LayoutSource): string {
  return createHmac('sha256', secrets.INTERNAL_API_TOKEN).update('redis').digest('hex');
}

function replicaPlan(source: LayoutSource, { name, service, port }: Replica): ProgramPlan {
  const script = path.join(repository, 'services', folderOf(service), 'src/main.ts');
  const environment = {
    ...platformEnvironment(source),
    ...clusterEnvironment(source),
    ...source.overrides,
    PORT: String(port),
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
