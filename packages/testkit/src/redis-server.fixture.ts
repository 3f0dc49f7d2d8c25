import { startRedisCluster } from './redis-cluster.ts';
import { startRedis } from './redis-server.ts';

// A test file that is killed with a server and a cluster running.
const one = await startRedis();
const cluster = await startRedisCluster();
console.log(`ports ${[one.port, ...cluster.ports].join(' ')}.`);
setInterval(() => {}, 1_000);
