import { reportEnd } from '../platform/command-line.ts';
import { runPlatform } from '../start/run-platform.ts';
import { clusterLayout } from './cluster-layout.ts';
import { fetchEngines } from './fetch-engines.ts';
import { kafkaBrokers } from './kafka-nodes.ts';
import { redisNodes } from './redis-nodes.ts';
import { replicasOf } from './replicas.ts';

const usage = `Usage: npm run cluster [-- --reset]
  The platform as it runs in production, on this machine: several processes of each service, Redis Cluster, Kafka.
  --reset           delete this cluster's data, secrets and logs (in .urr/) and begin anew

  PORT_OFFSET=100   in the environment: add 100 to every port; each offset is a cluster with its own data`;

try {
  await runPlatform({
    usage,
    layout: async () => clusterLayout(await fetchEngines((step) => console.log(`… ${step}`))),
    folder: 'cluster',
    rows: ({ portOffset }) => [
      ['Replicas', String(replicasOf(portOffset).length)],
      ['Redis Cluster', redisNodes(portOffset).join(' ')],
      ['Kafka', kafkaBrokers(portOffset).join(' ')],
    ],
  });
} catch (error) {
  process.exit(reportEnd(error));
}
