import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { LinePhase } from '@urr/contracts/queue.ts';
import { consumer } from '../consumer.ts';
import type {
  EnterOutcome,
  Joiner,
  JoinOutcome,
  LeaveOutcome,
  LineStore,
  NumberedPlace,
  SlotRelease,
  StoredPlace,
} from '../line-store.ts';
import type { KeptLines } from './kept-lines.ts';
import { lineScripts } from './line-scripts.ts';

type PlacesPart = Pick<LineStore, 'join' | 'findPlaces' | 'enter' | 'leave' | 'advance' | 'releaseSlots'>;

/** Places and slots, in Redis: each step is one script, logged before it is told. */
export function createPlacesPart({ lines, pool }: { lines: KeptLines; pool: pg.Pool }): PlacesPart {
  return {
    join: (eventId, people, bearable) => join(lines, eventId, people, bearable),
    findPlaces: (eventId, accountIds) => findPlaces(lines, eventId, accountIds),
    enter: (eventId, people, bearable) => enter(lines, eventId, people, bearable),
    leave: async (eventId, accountId, arrival, number) => {
      const args = [accountId, String(arrival), number === null ? '' : String(number)];
      const reply = await lines.run(eventId, { script: lineScripts.leave, args });
      return (reply?.result as LeaveOutcome | undefined) ?? 'none';
    },
    advance: async (eventId, bearable) => {
      await lines.run(eventId, { script: lineScripts.advance, args: [rateOf(bearable)] });
    },
    releaseSlots: async (eventId, releases) => {
      await Promise.all(releases.map((release) => releaseSlot(lines, pool, eventId, release)));
    },
  };
}

function rateOf(bearable: number | null): string {
  return bearable === null ? '' : String(bearable);
}

async function releaseSlot(
  lines: KeptLines,
  pool: pg.Pool,
  eventId: string,
  { messageId, accountId, slotId = '' }: SlotRelease,
): Promise<void> {
  const isDone = () => isConsumed(pool, messageId);
  await lines.run(eventId, { script: lineScripts.release, args: [accountId, slotId, messageId], isDone });
}

async function isConsumed(pool: pg.Pool, messageId: string): Promise<boolean> {
  const { rowCount } = await pool.query({
    text: 'SELECT FROM consumed_events WHERE consumer = $1 AND event_id = $2',
    values: [consumer, messageId],
  });
  return rowCount === 1;
}

type JoinResult = [
  outcome: JoinOutcome['kind'],
  arrivals: number[],
  slotEnds: number[],
  issued: number,
  serving: number,
  lobby: number,
];

async function join(
  lines: KeptLines,
  eventId: string,
  people: readonly Joiner[],
  bearable: number | null,
): Promise<JoinOutcome> {
  const args = [rateOf(bearable)];
  for (const { accountId, receiptArrival } of people)
    args.push(accountId, receiptArrival === null ? '' : String(receiptArrival));
  const reply = await lines.run(eventId, { script: lineScripts.join, args });
  if (reply === undefined) return { kind: 'unknown' };
  const [kind, arrivals, slotEnds, issued, serving, lobby] = reply.result as JoinResult;
  if (kind !== 'joined') return { kind };
  return {
    kind,
    arrivals: arrivals.map((arrival) => (arrival === 0 ? null : arrival)),
    slotEnds: slotEnds.map((ms) => (ms === 0 ? null : new Date(ms))),
    issued,
    serving,
    lobbySize: lobby < 0 ? null : lobby,
    epoch: reply.line.row.epoch,
  };
}

type FoundPlace = [] | [arrival: number, hasLeft: number, slotEnds: number, isRunning: number];

async function findPlaces(
  lines: KeptLines,
  eventId: string,
  accountIds: readonly string[],
): Promise<(StoredPlace | undefined)[]> {
  const reply = await lines.run(eventId, { script: lineScripts.find, args: accountIds });
  const found = (reply?.result ?? []) as FoundPlace[];
  return accountIds.map((accountId, index) => {
    const [arrival, hasLeft, slotEnds = 0, isRunning] = found[index] ?? [];
    if (arrival === undefined) return undefined;
    const slot = slotEnds === 0 ? null : { endsAt: new Date(slotEnds), isRunning: isRunning === 1 };
    return { accountId, arrival, hasLeft: hasLeft === 1, slot };
  });
}

type EnterResult =
  | ['used' | 'not-yet' | 'none' | LinePhase]
  | [
      outcome: 'admitted',
      slotId: string,
      grantedAt: number,
      endsAt: number,
      admission: number,
      isNew: number,
    ];

async function enter(
  lines: KeptLines,
  eventId: string,
  people: readonly NumberedPlace[],
  bearable: number | null,
): Promise<EnterOutcome[]> {
  const inOrder = people.toSorted((one, other) => one.number - other.number);
  const args = [rateOf(bearable)];
  for (const { accountId, arrival, number } of inOrder)
    args.push(accountId, String(arrival), String(number), randomUUID());
  const reply = await lines.run(eventId, { script: lineScripts.enter, args });
  const results = (reply?.result ?? []) as EnterResult[];
  const byAccount = new Map(inOrder.map(({ accountId }, index) => [accountId, results[index]]));
  return people.map(({ accountId }) => outcomeOf(byAccount.get(accountId) ?? ['none']));
}

function outcomeOf(result: EnterResult): EnterOutcome {
  if (result[0] === 'admitted') {
    const [kind, slotId, grantedAt, endsAt, admission, isNew] = result;
    return {
      kind,
      slotId,
      grantedAt: new Date(grantedAt),
      endsAt: new Date(endsAt),
      admission,
      isNew: isNew === 1,
    };
  }
  const [outcome] = result;
  if (outcome === 'used' || outcome === 'not-yet' || outcome === 'none') return { kind: outcome };
  return { kind: 'closed', phase: outcome };
}
