import type { LimitClass } from '@urr/contracts/route-contract.ts';
import { readScript, type Redis, RedisUnavailable } from '@urr/platform/redis/redis.ts';
import { answerOf, type LimitHeaders, type Limits, policyOf, type RateLimits } from './rate-limits.ts';
import { slotCount, slotSeconds, type Verdict } from './sliding-window.ts';

interface RedisRateLimitsOptions {
  readonly redis: Pick<Redis, 'run'>;
  readonly limits: Limits;
  /** Longest wait for an answer. Milliseconds. */
  readonly deadlineMs: number;
  /** Length of a second; tests make it shorter. Milliseconds. */
  readonly secondMs?: number;
  /** Monotonic clock of this process; only differences count. Milliseconds. */
  readonly nowMs?: () => number;
}

const script = readScript(new URL('./take-request.lua', import.meta.url));
/** Callers whose refusal is remembered. */
const mostRefused = 50_000;

/** Limits that all replicas share: one window per caller and class in Redis, by its clock. Rejects with `RedisUnavailable`. */
export function createRedisRateLimits({
  redis,
  limits,
  deadlineMs,
  secondMs = 1_000,
  nowMs = () => performance.now(),
}: RedisRateLimitsOptions): RateLimits {
  const slotMs = String(slotSeconds * secondMs);
  // A refused caller stays refused until the oldest slot leaves the window: a flood costs Redis one question.
  const refusedUntilMs = new Map<string, number>();
  const secondsUntil = (atMs: number) => Math.max(1, Math.ceil((atMs - nowMs()) / secondMs));
  const ask = async (limitClass: LimitClass, key: string): Promise<LimitHeaders> => {
    const limit = limits[limitClass];
    const reply = await redis.run(script, [key], [String(limit), slotMs, String(slotCount)], { deadlineMs });
    const [counted, remaining, freeMs] = readReply(reply);
    const freeAtMs = nowMs() + freeMs;
    if (counted === 0) remember(refusedUntilMs, key, freeAtMs);
    const verdict: Verdict = { isAllowed: counted === 1, remaining, resetSeconds: secondsUntil(freeAtMs) };
    return answerOf(limitClass, policyOf(limitClass, limit), verdict);
  };
  return {
    take: (limitClass, caller) => {
      const key = `urr:rate:${limitClass}:${caller}`;
      const untilMs = refusedUntilMs.get(key);
      if (untilMs !== undefined && untilMs > nowMs()) {
        const verdict = { isAllowed: false, remaining: 0, resetSeconds: secondsUntil(untilMs) };
        return answerOf(limitClass, policyOf(limitClass, limits[limitClass]), verdict);
      }
      refusedUntilMs.delete(key);
      return ask(limitClass, key);
    },
  };
}

function remember(refusedUntilMs: Map<string, number>, key: string, untilMs: number): void {
  const oldest = refusedUntilMs.size >= mostRefused ? refusedUntilMs.keys().next().value : undefined;
  if (oldest !== undefined) refusedUntilMs.delete(oldest);
  refusedUntilMs.set(key, untilMs);
}

function readReply(reply: unknown): readonly [counted: number, remaining: number, freeMs: number] {
  const [counted, remaining, freeMs] = Array.isArray(reply) ? (reply as unknown[]) : [];
  if (typeof counted !== 'number' || typeof remaining !== 'number' || typeof freeMs !== 'number')
    throw new RedisUnavailable('an answer about rate limits makes no sense', { mayHaveRun: true });
  return [counted, remaining, freeMs];
}
