import type { PauseNotice } from '@urr/contracts/queue-control.ts';
import type pg from 'pg';
import type { LinePhase } from '@urr/contracts/queue.ts';
import type { Sale } from '../line-store.ts';

/** A sale as PostgreSQL keeps it beside Redis: what others than the line decide, and how far the log goes. */
export interface LineRow {
  readonly event_id: string;
  readonly owner_id: string | null;
  readonly epoch: number;
  readonly lobby_opens_at: Date;
  readonly opens_at: Date;
  readonly ends_at: Date;
  readonly threshold: number;
  readonly slot_seconds: number;
  readonly claim_seconds: number;
  readonly is_cancelled: boolean;
  readonly is_sold_out: boolean;
  readonly capacity: number;
  readonly rate_per_second: number;
  readonly is_paused: boolean;
  readonly is_draining: boolean;
  readonly notice: PauseNotice | null;
  readonly issued: number;
  readonly serving: number;
  readonly secret: Buffer;
  readonly secret_hash: Buffer;
  readonly leaf_key: Buffer;
  readonly lobby_size: number | null;
  readonly frozen_at: Date | null;
  readonly roster_root: Buffer | null;
  readonly drawn_at: Date | null;
  readonly bearable_rate: number | null;
  readonly checkout_p95_ms: number | null;
  readonly checkout_failure_share: number | null;
  readonly measured_at: Date | null;
  readonly incarnation: number;
  readonly line_seq: number;
  readonly line_at: Date | null;
  readonly settings_version: number;
}

const columns = `event_id, owner_id, epoch, lobby_opens_at, opens_at, ends_at, threshold, slot_seconds, claim_seconds,
  is_cancelled, is_sold_out, capacity, rate_per_second, is_paused, is_draining, notice, issued, serving, secret, secret_hash,
  leaf_key, lobby_size, frozen_at, roster_root, drawn_at, bearable_rate, checkout_p95_ms, checkout_failure_share, measured_at,
  incarnation, line_seq, line_at, settings_version`;

/** The row of a sale. */
export async function readLineRow(
  client: Pick<pg.Pool, 'query'>,
  eventId: string,
): Promise<LineRow | undefined> {
  const { rows } = await client.query<LineRow>({
    name: 'read-line-row',
    text: `SELECT ${columns} FROM sales WHERE event_id = $1`,
    values: [eventId],
  });
  return rows[0];
}

/** What a script needs to know of a row, as fields of the head and their values. */
export function settingFields(row: LineRow): string[] {
  const fields = {
    lobby_opens: row.lobby_opens_at.getTime(),
    opens: row.opens_at.getTime(),
    ends: row.ends_at.getTime(),
    threshold: row.threshold,
    slot: row.slot_seconds,
    claim: row.claim_seconds,
    cancelled: Number(row.is_cancelled),
    soldout: Number(row.is_sold_out),
    capacity: row.capacity,
    rate: row.rate_per_second,
    paused: Number(row.is_paused),
    draining: Number(row.is_draining),
  };
  return Object.entries(fields).flatMap(([name, value]) => [name, String(value)]);
}

/** A line as `look.lua` sees it. Times in milliseconds of Redis' clock. */
export interface LineLook {
  readonly now: number;
  readonly phase: LinePhase;
  readonly needsTick: boolean;
  readonly version: number;
  readonly issued: number;
  readonly serving: number;
  readonly active: number;
  readonly lobbySize: number | null;
  readonly drawnAt: number | null;
  readonly reserved: number;
  readonly returners: number;
}

/** The result of `look.lua`, named. */
export function lookOf(result: unknown, now: number): LineLook {
  const [phase, needsTick, version, issued, serving, active, lobby, drawn, reserved, returners] = result as [
    LinePhase,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return {
    now,
    phase,
    needsTick: needsTick === 1,
    version,
    issued,
    serving,
    active,
    lobbySize: lobby < 0 ? null : lobby,
    drawnAt: drawn === 0 ? null : drawn,
    reserved,
    returners,
  };
}

/** The sale that a row and a look at the line make together. */
export function saleOf(row: LineRow, look: LineLook): Sale {
  const { now, phase, needsTick, issued, serving, active, lobbySize, drawnAt } = look;
  return {
    eventId: row.event_id,
    seenAt: new Date(now),
    ownerId: row.owner_id,
    epoch: row.epoch,
    phase,
    lobbyOpensAt: row.lobby_opens_at,
    opensAt: row.opens_at,
    endsAt: row.ends_at,
    secondsToLobby: (row.lobby_opens_at.getTime() - now) / 1000,
    capacity: row.capacity,
    ratePerSecond: row.rate_per_second,
    threshold: row.threshold,
    slotSeconds: row.slot_seconds,
    claimSeconds: row.claim_seconds,
    isPaused: row.is_paused,
    isDraining: row.is_draining,
    notice: row.notice,
    issued,
    serving,
    active,
    secret: row.secret,
    secretHash: row.secret_hash,
    leafKey: row.leaf_key,
    lobbySize,
    rosterRoot: drawnAt === null ? null : row.roster_root,
    drawnAt: drawnAt === null ? null : new Date(drawnAt),
    checkout: checkoutOf(row, now),
    needsTick,
  };
}

function checkoutOf(row: LineRow, now: number): Sale['checkout'] {
  if (row.bearable_rate === null || row.measured_at === null) return null;
  return {
    bearableRate: row.bearable_rate,
    p95Ms: row.checkout_p95_ms ?? 0,
    failureShare: row.checkout_failure_share ?? 0,
    ageSeconds: (now - row.measured_at.getTime()) / 1000,
  };
}
