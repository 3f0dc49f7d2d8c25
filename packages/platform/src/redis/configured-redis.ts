import type { Logger } from '../logger.ts';
import type { Redis } from './redis.ts';
import { isRedisConfigured, type RedisConfig } from './redis-variables.ts';

/** Opens the Redis of a service's settings; its client is loaded only then. Undefined when none is configured. */
export async function openConfiguredRedis(config: RedisConfig, logger: Logger): Promise<Redis | undefined> {
  if (!isRedisConfigured(config)) return undefined;
  const { openRedis } = await import('./open-redis.ts');
  return openRedis(config, logger);
}
