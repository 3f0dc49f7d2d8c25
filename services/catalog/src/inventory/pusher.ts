import type { InventoryState } from '@urr/contracts/catalog-shapes.ts';
import type { InventoryPushes } from '../deps.ts';
import { type PushDeps, pushInventory } from './push-inventory.ts';
import { findDuePushes, readPushState, wantPush } from './store.ts';

/** How often unfinished pushes are looked for, and how long an organiser waits for one. Milliseconds. */
export interface PusherTimes {
  readonly intervalMs: number;
  readonly settleMs: number;
}

const usualTimes: PusherTimes = { intervalMs: 500, settleMs: 5_000 };
const dueAtOnce = 10;
const pollMs = 50;

/** Pushes on demand, and again by itself whatever was left undone. */
export interface Pusher extends InventoryPushes {
  start(): void;
  stop(): Promise<void>;
}

export function createPusher(deps: PushDeps, times: PusherTimes = usualTimes): Pusher {
  const inHand = new Map<string, Promise<void>>();
  let isStopped = false;
  let running: Promise<void> | undefined;
  let endPause = () => {};

  const push = (eventId: string): Promise<void> => {
    const known = inHand.get(eventId);
    if (known !== undefined) return known;
    const pushing = pushInventory(deps, eventId)
      .catch((error: unknown) => deps.logger.warn({ err: error, eventId }, 'inventory push interrupted'))
      .finally(() => inHand.delete(eventId));
    inHand.set(eventId, pushing);
    return pushing;
  };

  const run = async () => {
    while (!isStopped) {
      try {
        await Promise.all((await findDuePushes(deps.db, dueAtOnce)).map(push));
      } catch (error) {
        deps.logger.warn({ err: error }, 'looking for unfinished pushes failed');
      }
      if (!isStopped) await pauseUntil(times.intervalMs, (end) => (endPause = end));
    }
  };

  return {
    want: wantPush,
    settle: (eventId, version) => settle(deps, times.settleMs, { eventId, version, push }),
    start: () => void (running ??= run()),
    stop: async () => {
      isStopped = true;
      endPause();
      await running;
      await Promise.all(inHand.values());
    },
  };
}

interface Settling {
  readonly eventId: string;
  readonly version: number;
  readonly push: (eventId: string) => Promise<void>;
}

async function settle(deps: PushDeps, settleMs: number, settling: Settling): Promise<InventoryState> {
  const { eventId, version, push } = settling;
  const deadline = performance.now() + settleMs;
  for (;;) {
    const leftMs = Math.max(0, deadline - performance.now());
    await Promise.race([push(eventId), pauseUntil(leftMs)]);
    const state = await readPushState(deps.db, eventId, version);
    if (state !== 'pending' || performance.now() >= deadline) return state;
    await pauseUntil(pollMs);
  }
}

function pauseUntil(milliseconds: number, offerEnd?: (end: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    offerEnd?.(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
