import type { PauseNotice } from '@urr/contracts/queue-control.ts';
import type { LinePhase } from '@urr/contracts/queue.ts';
import type { Sale } from '../line-store.ts';

/** Columns of `sales` that describe a sale, whoever keeps its line. */
export const saleColumns = `event_id, owner_id, epoch, lobby_opens_at, opens_at, ends_at, capacity, rate_per_second, threshold,
  slot_seconds, claim_seconds, is_paused, is_draining, notice, issued, serving, active, secret, secret_hash, leaf_key,
  lobby_size, roster_root, drawn_at, bearable_rate, checkout_p95_ms, checkout_failure_share, measured_at`;

/** A row of `saleColumns`. */
export interface SaleRow {
  readonly event_id: string;
  readonly owner_id: string;
  readonly epoch: number;
  readonly lobby_opens_at: Date;
  readonly opens_at: Date;
  readonly ends_at: Date;
  readonly capacity: number;
  readonly rate_per_second: number;
  readonly threshold: number;
  readonly slot_seconds: number;
  readonly claim_seconds: number;
  readonly is_paused: boolean;
  readonly is_draining: boolean;
  readonly notice: PauseNotice | null;
  readonly issued: number;
  readonly serving: number;
  readonly active: number;
  readonly secret: Buffer;
  readonly secret_hash: Buffer;
  readonly leaf_key: Buffer;
  readonly lobby_size: number | null;
  readonly roster_root: Buffer | null;
  readonly drawn_at: Date | null;
  readonly bearable_rate: number | null;
  readonly checkout_p95_ms: number | null;
  readonly checkout_failure_share: number | null;
  readonly measured_at: Date | null;
}

/** What whoever keeps the line sees of it at one instant of its own clock. */
export type SeenLine = Pick<
  Sale,
  'seenAt' | 'phase' | 'needsTick' | 'issued' | 'serving' | 'active' | 'lobbySize' | 'drawnAt'
>;

/** The sale that a row and what was seen of its line make together. */
export function saleOf(row: SaleRow, seen: SeenLine): Sale {
  return {
    eventId: row.event_id,
    ownerId: row.owner_id,
    epoch: row.epoch,
    lobbyOpensAt: row.lobby_opens_at,
    opensAt: row.opens_at,
    endsAt: row.ends_at,
    secondsToLobby: (row.lobby_opens_at.getTime() - seen.seenAt.getTime()) / 1000,
    capacity: row.capacity,
    ratePerSecond: row.rate_per_second,
    threshold: row.threshold,
    slotSeconds: row.slot_seconds,
    claimSeconds: row.claim_seconds,
    isPaused: row.is_paused,
    isDraining: row.is_draining,
    notice: row.notice,
    secret: row.secret,
    secretHash: row.secret_hash,
    leafKey: row.leaf_key,
    rosterRoot: seen.drawnAt === null ? null : row.roster_root,
    checkout: checkoutOf(row, seen.seenAt),
    seenAt: seen.seenAt,
    phase: seen.phase,
    needsTick: seen.needsTick,
    issued: seen.issued,
    serving: seen.serving,
    active: seen.active,
    lobbySize: seen.lobbySize,
    drawnAt: seen.drawnAt,
  };
}

function checkoutOf(row: SaleRow, seenAt: Date): Sale['checkout'] {
  if (row.bearable_rate === null || row.measured_at === null) return null;
  return {
    bearableRate: row.bearable_rate,
    p95Ms: row.checkout_p95_ms ?? 0,
    failureShare: row.checkout_failure_share ?? 0,
    ageSeconds: (seenAt.getTime() - row.measured_at.getTime()) / 1000,
  };
}

/** `saleColumns` and the line as PostgreSQL sees it at the instant `at`, of `sales AS s`. */
export const storedSaleColumns = `${saleColumns}, at AS seen_at, sale_phase(s, at) AS phase,
  (lobby_size IS NULL AND at >= opens_at)
    OR (serving < issued AND sale_phase(s, at) IN ('open', 'draining') AND capacity - active - reserved_slots(s, at) > 0)
    OR (active > 0 AND EXISTS (
      SELECT FROM slots WHERE slots.event_id = s.event_id AND released_at IS NULL AND slots.ends_at <= at)) AS needs_tick`;

/** A row of `storedSaleColumns`. */
export interface StoredSaleRow extends SaleRow {
  readonly seen_at: Date;
  readonly phase: LinePhase;
  readonly needs_tick: boolean;
}

/** The sale as PostgreSQL has it. */
export function storedSaleOf(row: StoredSaleRow): Sale {
  return saleOf(row, {
    seenAt: row.seen_at,
    phase: row.phase,
    needsTick: row.needs_tick,
    issued: row.issued,
    serving: row.serving,
    active: row.active,
    lobbySize: row.lobby_size,
    drawnAt: row.drawn_at,
  });
}
