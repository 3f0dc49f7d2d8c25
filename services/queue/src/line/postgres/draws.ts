import type pg from 'pg';
import type { DrawRecord, LineStore } from '../line-store.ts';

type DrawsPart = Pick<LineStore, 'readRoster' | 'recordDraw' | 'readChunkRoots'>;

/** Rosters and draws, in PostgreSQL. */
export function createDrawsPart(pool: pg.Pool): DrawsPart {
  return {
    readRoster: (eventId, fromIndex, count) => readRoster(pool, eventId, fromIndex, count),
    recordDraw: (eventId, draw) => recordDraw(pool, eventId, draw),
    readChunkRoots: async (eventId) => {
      const { rows } = await pool.query<{ chunk_roots: Buffer | null }>(
        'SELECT chunk_roots FROM sales WHERE event_id = $1',
        [eventId],
      );
      return rows[0]?.chunk_roots ?? undefined;
    },
  };
}

async function readRoster(pool: pg.Pool, eventId: string, fromIndex: number, count: number) {
  const { rows } = await pool.query<{ arrival: number; account_id: string }>({
    name: 'read-roster',
    text: `SELECT arrival, account_id FROM places
           WHERE event_id = $1 AND arrival > $2 AND arrival <= $3
             AND (left_at IS NULL OR left_at >= (SELECT frozen_at FROM sales WHERE event_id = $1))`,
    values: [eventId, fromIndex, fromIndex + count],
  });
  const accounts = Array.from<string | null>({ length: count }).fill(null);
  for (const row of rows) accounts[row.arrival - 1 - fromIndex] = row.account_id;
  return accounts;
}

async function recordDraw(pool: pg.Pool, eventId: string, draw: DrawRecord): Promise<boolean> {
  const { rowCount } = await pool.query(
    `WITH won AS (
       UPDATE sales SET roster_root = $2, chunk_roots = $3, drawn_at = clock_timestamp()
       WHERE event_id = $1 AND lobby_size IS NOT NULL AND drawn_at IS NULL RETURNING event_id),
     filled AS (
       INSERT INTO holes (event_id, number) SELECT event_id, unnest($4::bigint[]) FROM won ON CONFLICT DO NOTHING)
     SELECT FROM won`,
    [eventId, draw.rosterRoot, draw.chunkRoots, draw.holes],
  );
  return rowCount === 1;
}
