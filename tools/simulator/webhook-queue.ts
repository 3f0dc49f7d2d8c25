import { createDueQueue } from './due-queue.ts';
import type { Delivery } from './webhook-events.ts';

const minuteMs = 60_000;
/** Seven retries, in minutes after the attempt before: about 3 days and 19 hours in all. */
const retryLadderMinutes = [1, 4, 16, 64, 256, 1024, 4096] as const;
const finishedShown = 200;

/** A delivery on its way: `offset` is where the journal keeps its body. */
export type Pending = { id: string; offset: number; attempts: number; dueAt: number };

export type AttemptResult = {
  id: string;
  attempts: number;
  /** When to try again; absent once delivered or given up. */
  dueAt?: number;
  outcome: 'delivered' | 'retry' | 'abandoned';
  answer: string;
};

export type WebhookQueue = {
  enqueue(delivery: Delivery, offset: number): void;
  settle(result: AttemptResult): void;
  takeDue(now: number): Pending | undefined;
  nextDueAt(): number | undefined;
  pending(limit: number): Pending[];
  finished(): AttemptResult[];
  counts(): { pending: number; delivered: number; abandoned: number };
};

export function createWebhookQueue(): WebhookQueue {
  const open = new Map<string, Pending>();
  const due = createDueQueue<Pending>();
  const finished: AttemptResult[] = [];
  const counts = { delivered: 0, abandoned: 0 };
  const schedule = (pending: Pending): void => {
    open.set(pending.id, pending);
    due.push(pending.dueAt, pending);
  };
  return {
    enqueue: (delivery, offset) => schedule({ id: delivery.id, offset, attempts: 0, dueAt: delivery.dueAt }),
    settle(result) {
      const pending = open.get(result.id);
      if (pending === undefined) return;
      if (result.outcome === 'retry' && result.dueAt !== undefined) {
        schedule({ ...pending, attempts: result.attempts, dueAt: result.dueAt });
        return;
      }
      open.delete(result.id);
      counts[result.outcome === 'delivered' ? 'delivered' : 'abandoned'] += 1;
      if (finished.push(result) > finishedShown) finished.shift();
    },
    takeDue(now) {
      for (let next = due.takeDue(now); next !== undefined; next = due.takeDue(now)) {
        // Replay leaves entries of deliveries which were settled since.
        if (open.get(next.id) === next) return next;
      }
      return undefined;
    },
    nextDueAt: () => due.nextDueAt(),
    pending: (limit) => [...open.values()].slice(0, limit),
    finished: () => [...finished],
    counts: () => ({ pending: open.size, ...counts }),
  };
}

export function resultOf(pending: Pending, answer: string, now: number, scale: number): AttemptResult {
  const attempts = pending.attempts + 1;
  const base = { id: pending.id, attempts, answer };
  // Only 200 counts; a 201 or 204 is retried.
  if (answer === '200') return { ...base, outcome: 'delivered' };
  const waitMinutes = retryLadderMinutes[attempts - 1];
  if (waitMinutes === undefined) return { ...base, outcome: 'abandoned' };
  return { ...base, outcome: 'retry', dueAt: now + Math.round(waitMinutes * minuteMs * scale) };
}
