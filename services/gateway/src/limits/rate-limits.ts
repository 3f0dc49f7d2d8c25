import type { LimitClass } from '@urr/contracts/route-contract.ts';
import { Problem } from '@urr/platform/problem.ts';
import { emptyWindow, take, type Verdict, type Window, windowSeconds } from './sliding-window.ts';

/** Port: who may send how much. In process here, at once; in Redis for all replicas, after a round trip. */
export interface RateLimits {
  /** Counts one request of a caller; throws or rejects with `RateLimited`. Answers the headers that tell what is left. */
  take(limitClass: LimitClass, caller: string): LimitHeaders | Promise<LimitHeaders>;
}

/** Limits kept in this process: they answer at once. */
export interface LocalRateLimits extends RateLimits {
  take(limitClass: LimitClass, caller: string): LimitHeaders;
}

/** `RateLimit` and `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers), as a flat list of names and values. */
export type LimitHeaders = readonly [string, string, string, string];

/** Requests a minute, by class. */
export type Limits = Readonly<Record<LimitClass, number>>;

/** Refused for its rate; carries the headers that say so. */
export class RateLimited extends Problem {
  readonly headers: LimitHeaders;

  constructor(retryAfter: number, headers: LimitHeaders) {
    super('rate-limited', { retryAfter });
    this.headers = headers;
  }
}

/** Creates limits kept in this process. At most `callersPerClass` are remembered; the longest unseen is forgotten first. */
export function createRateLimits(
  limits: Limits,
  callersPerClass = 50_000,
  nowSeconds: () => number = () => performance.now() / 1000,
): LocalRateLimits {
  const classes = new Map(
    Object.entries(limits).map(([name, limit]) => [
      name as LimitClass,
      { limit, windows: new Map<string, Window>(), policy: policyOf(name as LimitClass, limit) },
    ]),
  );
  return {
    take: (limitClass, caller) => {
      const entry = classes.get(limitClass);
      if (entry === undefined) throw new Error(`no limit for ${limitClass}`);
      const window = windowOf(entry.windows, caller, callersPerClass);
      const verdict = take(window, entry.limit, nowSeconds());
      return answerOf(limitClass, entry.policy, verdict);
    },
  };
}

// A map keeps the order of insertion: who was seen is put last, so the first is the longest unseen.
function windowOf(windows: Map<string, Window>, caller: string, most: number): Window {
  const known = windows.get(caller);
  if (known === undefined) {
    const oldest = windows.size >= most ? windows.keys().next().value : undefined;
    if (oldest !== undefined) windows.delete(oldest);
    const window = emptyWindow();
    windows.set(caller, window);
    return window;
  }
  // Moving is only worth its cost when somebody may be forgotten soon.
  if (windows.size > most / 2) {
    windows.delete(caller);
    windows.set(caller, known);
  }
  return known;
}

/** The header that tells a class's limit. */
export function policyOf(limitClass: LimitClass, limit: number): string {
  return `"${limitClass}";q=${limit};w=${windowSeconds}`;
}

/** The headers of a verdict; throws `RateLimited` with them when it is a refusal. */
export function answerOf(limitClass: LimitClass, policy: string, verdict: Verdict): LimitHeaders {
  const state = `"${limitClass}";r=${verdict.remaining};t=${verdict.resetSeconds}`;
  const headers: LimitHeaders = ['RateLimit-Policy', policy, 'RateLimit', state];
  if (!verdict.isAllowed) throw new RateLimited(verdict.resetSeconds, headers);
  return headers;
}
