import type { Logger } from '@urr/platform/logger.ts';
import { Counter, Gauge, type Registry } from '@urr/platform/metrics.ts';
import type { Redis } from '@urr/platform/redis/redis.ts';
import type { GatewayConfig } from '../config.ts';
import { createRateLimits, type Limits, type LocalRateLimits } from './rate-limits.ts';
import { createSharedRateLimits, type SharedRateLimits } from './shared-rate-limits.ts';

/** The limits of this gateway: shared with its other replicas where there is a Redis. */
export async function openRateLimits(
  config: GatewayConfig,
  logger: Logger,
  redis: Redis | undefined,
): Promise<LocalRateLimits | SharedRateLimits> {
  const limits: Limits = {
    auth: config.RATE_LIMIT_AUTH_PER_MINUTE,
    queue: config.RATE_LIMIT_QUEUE_PER_MINUTE,
    booking: config.RATE_LIMIT_BOOKING_PER_MINUTE,
    general: config.RATE_LIMIT_GENERAL_PER_MINUTE,
  };
  const local = createRateLimits(limits);
  if (redis === undefined) return local;
  const { createRedisRateLimits } = await import('./redis-rate-limits.ts');
  const shared = createRedisRateLimits({ redis, limits, deadlineMs: config.RATE_LIMIT_DEADLINE_MS });
  return createSharedRateLimits({ shared, local, logger });
}

/** Shows whether limits are shared just now; nothing where they never are. */
export function watchRateLimits(registry: Registry, limits: LocalRateLimits | SharedRateLimits): void {
  if (!('state' in limits)) return;
  new Gauge({
    name: 'gateway_rate_limits_shared',
    help: '1 while limits are counted for all replicas together, 0 while Redis is away or slow',
    registers: [registry],
    collect() {
      this.set(limits.state().isShared ? 1 : 0);
    },
  });
  new Counter({
    name: 'gateway_rate_limits_local_total',
    help: 'Requests judged by this process alone, because Redis was away or slow',
    registers: [registry],
    collect() {
      this.reset();
      this.inc(limits.state().judgedLocally);
    },
  });
}
