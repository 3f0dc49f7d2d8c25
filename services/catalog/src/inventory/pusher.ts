import { setTimeout as sleep } from 'node:timers/promises';
import type { InventoryState } from '@urr/contracts/catalog-shapes.ts';
import { type Repetition, repeat } from '@urr/platform/repeat.ts';
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
export type Pusher = InventoryPushes & Repetition;

export function createPusher(deps: PushDeps, times: PusherTimes = usualTimes): Pusher {
  const inHand = new Map<string, Promise<void>>();
  const push = (eventId: string): Promise<void> => {
    const known = inHand.get(eventId);
    if (known !== undefined) return known;
    const pushing = pushInventory(deps, eventId)
      .catch((error: unknown) => deps.logger.warn({ err: error, eventId }, 'inventory push interrupted'))
      .finally(() => inHand.delete(eventId));
    inHand.set(eventId, pushing);
    return pushing;
  };

  const pushDue = async () => Promise.all((await findDuePushes(deps.db, dueAtOnce)).map(push));
  const { intervalMs } = times;
  const repetition = repeat('pushing inventory', { intervalMs, logger: deps.logger }, pushDue);
  return {
    want: wantPush,
    settle: (eventId, version) => settle(deps, times.settleMs, { eventId, version, push }),
    start: () => repetition.start(),
    stop: async () => {
      await repetition.stop();
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
    await Promise.race([push(eventId), sleep(leftMs, undefined, { ref: false })]);
    const state = await readPushState(deps.db, eventId, version);
    if (state !== 'pending' || performance.now() >= deadline) return state;
    await sleep(pollMs);
  }
}
