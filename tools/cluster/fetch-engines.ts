import { fetchKafka } from '../engines/fetch-kafka.ts';
import type { Engines } from './cluster-layout.ts';
import { findRedisServer } from './redis-nodes.ts';

/** Finds what the cluster needs besides npm's packages, and fetches what can be fetched. Throws with what to install. */
export async function fetchEngines(progress: (step: string) => void): Promise<Engines> {
  const redisServer = findRedisServer();
  if (redisServer === undefined)
    throw new Error('Redis is not installed (on Debian: apt-get install redis-server).');
  await fetchKafka(progress);
  return { redisServer };
}
