import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LineSchedule, LineStore, NumberedPlace } from '../line-store.ts';

/** A schedule that is open now, unless told otherwise. Times are made of seconds from now. */
export function lineSchedule(
  overrides: Partial<LineSchedule> & {
    readonly lobbyIn?: number;
    readonly opensIn?: number;
    readonly endsIn?: number;
  } = {},
): LineSchedule {
  const { lobbyIn = -1800, opensIn = -1, endsIn = 86_400, ...rest } = overrides;
  const at = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
  return {
    eventId: randomUUID(),
    ownerId: randomUUID(),
    lobbyOpensAt: at(lobbyIn),
    opensAt: at(opensIn),
    endsAt: at(endsIn),
    capacity: 10,
    ratePerSecond: 1000,
    threshold: 0,
    slotSeconds: 600,
    claimSeconds: 60,
    isCancelled: false,
    isSoldOut: false,
    secret: randomBytes(32),
    leafKey: randomBytes(32),
    ...rest,
  };
}

/** Joins people and answers the places they got, numbered as after opening. */
export async function joinMany(
  store: LineStore,
  eventId: string,
  accountIds: readonly string[],
): Promise<NumberedPlace[]> {
  const people = accountIds.map((accountId) => ({ accountId, receiptArrival: null }));
  const outcome = await store.join(eventId, people, null);
  assert.equal(outcome.kind, 'joined');
  const arrivals = outcome.kind === 'joined' ? outcome.arrivals : [];
  return accountIds.map((accountId, index) => {
    const arrival = arrivals[index] ?? assert.fail('no place given');
    return { accountId, arrival, number: arrival };
  });
}

/** Names of so many new accounts. */
export function accounts(count: number): string[] {
  return Array.from({ length: count }, () => randomUUID());
}

/** Makes the store know a sale and answers its event id. */
export async function opened(
  store: LineStore,
  overrides: Parameters<typeof lineSchedule>[0] = {},
): Promise<string> {
  const schedule = lineSchedule(overrides);
  await store.saveSchedules([schedule]);
  return schedule.eventId;
}

/** The sale as the store has it now. */
export async function saleOf(store: LineStore, eventId: string) {
  return (await store.readSale(eventId)) ?? assert.fail('the sale is unknown');
}

/** What came of each person who tried to enter. */
export async function kinds(
  store: LineStore,
  eventId: string,
  people: readonly NumberedPlace[],
  bearable: number | null = null,
) {
  return (await store.enter(eventId, people, bearable)).map((outcome) => outcome.kind);
}

/** One tick, 10 ms after whatever was before: at 1,000 a second, time enough to call ten people. */
export async function tick(store: LineStore, eventId: string): Promise<void> {
  await sleep(10);
  await store.advance(eventId, null);
}

/** One thing an adapter must do. */
export interface ConformanceCase {
  readonly name: string;
  readonly check: (store: LineStore) => Promise<void>;
}
