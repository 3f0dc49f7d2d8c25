import { findRedisServer } from '@urr/testkit/redis-process.ts';
import { kafkaEngine } from '../engines/engines.ts';
import { fetchJars } from '../engines/fetch-jars.ts';
import type { Engines } from './cluster-layout.ts';

/** Finds what the cluster needs besides npm's packages, and fetches what can be fetched. Throws with what to install. */
export async function fetchEngines(progress: (step: string) => void): Promise<Engines> {
  const redisServer = findRedisServer();
  if (redisServer === undefined)
    throw new Error('Redis is not installed: `npm run engines` as root on Debian, or install redis-server.');
  await fetchJars(kafkaEngine, progress);
  return { redisServer };
}
