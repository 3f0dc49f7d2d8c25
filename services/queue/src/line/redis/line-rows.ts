import type pg from 'pg';
import type { LinePhase } from '@urr/contracts/queue.ts';
import { saleColumns, type SaleRow, type SeenLine } from '../postgres/sale-rows.ts';

/** A sale as PostgreSQL keeps it beside Redis: what others than the line decide, and how far the log goes. */
export interface LineRow extends SaleRow {
  readonly is_cancelled: boolean;
  readonly is_sold_out: boolean;
  readonly frozen_at: Date | null;
  readonly incarnation: number;
  readonly line_seq: number;
  readonly line_at: Date | null;
  readonly settings_version: number;
}

/** The row of a sale. */
export async function readLineRow(
  client: Pick<pg.Pool, 'query'>,
  eventId: string,
): Promise<LineRow | undefined> {
  const { rows } = await client.query<LineRow>({
    text: `SELECT ${saleColumns}, is_cancelled, is_sold_out, frozen_at, incarnation, line_seq, line_at, settings_version
           FROM sales WHERE event_id = $1`,
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

/** A line as `look.lua` sees it, by Redis' clock. */
export interface LineLook extends SeenLine {
  readonly version: number;
  readonly reserved: number;
  readonly lateClaimers: number;
}

/** The result of `look.lua`, named; `now` in milliseconds. */
export function lookOf(result: unknown, now: number): LineLook {
  const [phase, needsTick, version, issued, serving, active, lobby, drawn, reserved, lateClaimers] =
    result as [LinePhase, number, number, number, number, number, number, number, number, number];
  return {
    seenAt: new Date(now),
    phase,
    needsTick: needsTick === 1,
    version,
    issued,
    serving,
    active,
    lobbySize: lobby < 0 ? null : lobby,
    drawnAt: drawn === 0 ? null : new Date(drawn),
    reserved,
    lateClaimers,
  };
}
