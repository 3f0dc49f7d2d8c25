import type { PauseNotice } from '@urr/contracts/queue-control.ts';
import type { LinePhase } from '@urr/contracts/queue.ts';
import type { Sale } from '../line-store.ts';

/** One sale, its phase and what else only the store's clock can tell. */
export const saleColumns = `
  event_id, at AS seen_at, owner_id, epoch, sale_phase(s, at) AS phase, lobby_opens_at, opens_at, ends_at,
  extract(epoch FROM lobby_opens_at - at)::float8 AS seconds_to_lobby, capacity, rate_per_second, threshold, slot_seconds,
  claim_seconds, is_paused, is_draining, notice, issued, serving, active, secret, secret_hash, leaf_key, lobby_size,
  roster_root, drawn_at, bearable_rate, checkout_p95_ms, checkout_failure_share,
  extract(epoch FROM at - measured_at)::float8 AS checkout_age,
  (lobby_size IS NULL AND at >= opens_at)
    OR (serving < issued AND sale_phase(s, at) IN ('open', 'draining') AND capacity - active - reserved_slots(s, at) > 0)
    OR (active > 0 AND EXISTS (
      SELECT FROM slots WHERE slots.event_id = s.event_id AND released_at IS NULL AND slots.ends_at <= at)) AS needs_tick`;

/** A row of `saleColumns`. */
export interface SaleRow {
  readonly event_id: string;
  readonly seen_at: Date;
  readonly owner_id: string | null;
  readonly epoch: number;
  readonly phase: LinePhase;
  readonly lobby_opens_at: Date;
  readonly opens_at: Date;
  readonly ends_at: Date;
  readonly seconds_to_lobby: number;
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
  readonly checkout_age: number | null;
  readonly needs_tick: boolean;
}

/** The sale a row describes. */
export function saleOf(row: SaleRow): Sale {
  return {
    eventId: row.event_id,
    seenAt: row.seen_at,
    ownerId: row.owner_id,
    epoch: row.epoch,
    phase: row.phase,
    lobbyOpensAt: row.lobby_opens_at,
    opensAt: row.opens_at,
    endsAt: row.ends_at,
    secondsToLobby: row.seconds_to_lobby,
    capacity: row.capacity,
    ratePerSecond: row.rate_per_second,
    threshold: row.threshold,
    slotSeconds: row.slot_seconds,
    claimSeconds: row.claim_seconds,
    isPaused: row.is_paused,
    isDraining: row.is_draining,
    notice: row.notice,
    issued: row.issued,
    serving: row.serving,
    active: row.active,
    secret: row.secret,
    secretHash: row.secret_hash,
    leafKey: row.leaf_key,
    lobbySize: row.lobby_size,
    rosterRoot: row.roster_root,
    drawnAt: row.drawn_at,
    checkout: checkoutOf(row),
    needsTick: row.needs_tick,
  };
}

function checkoutOf(row: SaleRow): Sale['checkout'] {
  if (row.bearable_rate === null || row.checkout_age === null) return null;
  return {
    bearableRate: row.bearable_rate,
    p95Ms: row.checkout_p95_ms ?? 0,
    failureShare: row.checkout_failure_share ?? 0,
    ageSeconds: row.checkout_age,
  };
}
