import type pg from 'pg';
import { accountBytes } from '../../draw/merkle.ts';
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

// One value for all rows: an offset and an account each, binary. The driver's rows would cost more than the hashing.
async function readRoster(pool: pg.Pool, eventId: string, fromIndex: number, count: number): Promise<Buffer> {
  const { rows } = await pool.query<{ packed: Buffer | null }>({
    text: `SELECT string_agg(int4send((arrival - 1 - $2)::integer) || uuid_send(account_id), ''::bytea) AS packed FROM places
           WHERE event_id = $1 AND arrival > $2::bigint AND arrival <= $3::bigint
             AND (left_at IS NULL OR left_at >= (SELECT frozen_at FROM sales WHERE event_id = $1))`,
    values: [eventId, fromIndex, fromIndex + count],
  });
  const packed = rows[0]?.packed ?? Buffer.alloc(0);
  const accounts = Buffer.alloc(count * accountBytes);
  for (let at = 0; at < packed.length; at += 4 + accountBytes)
    packed.copy(accounts, packed.readInt32BE(at) * accountBytes, at + 4, at + 4 + accountBytes);
  return accounts;
}

async function recordDraw(pool: pg.Pool, eventId: string, draw: DrawRecord): Promise<boolean> {
  const { rowCount } = await pool.query(
    `WITH won AS (
       UPDATE sales SET roster_root = $2, chunk_roots = $3, drawn_at = clock_timestamp(), settings_version = settings_version + 1
       WHERE event_id = $1 AND lobby_size = $5 AND drawn_at IS NULL RETURNING event_id),
     filled AS (
       INSERT INTO holes (event_id, number) SELECT event_id, unnest($4::bigint[]) FROM won ON CONFLICT DO NOTHING)
     SELECT FROM won`,
    [eventId, draw.rosterRoot, draw.chunkRoots, draw.holes, draw.lobbySize],
  );
  return rowCount === 1;
}
