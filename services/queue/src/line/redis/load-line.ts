import type { Redis } from '@urr/platform/redis/redis.ts';
import type pg from 'pg';
import { type LineKeys, lineKeys } from './line-keys.ts';
import { type LineRow, readLineRow, settingFields } from './line-rows.ts';
import { lineScripts } from './line-scripts.ts';

/** What a load needs. */
export interface LoadDeps {
  readonly pool: pg.Pool;
  readonly redis: Redis;
}

const rowsPerRead = 10_000;
// Redis answers nobody while it takes a piece in: about 5 ms.
const charactersPerPiece = 250_000;
const mostUnderWay = 4;
const loadDeadlineMs = 10_000;

/**
 * Loads a line from the log into Redis as a new incarnation, unless another replica has replaced `suspect` already: one at
 * a time, under the lock of the sale's row, so that no step can be logged meanwhile. Answers the row as it then stands.
 */
export async function loadLine(
  { pool, redis }: LoadDeps,
  eventId: string,
  suspect: number,
): Promise<{ readonly row: LineRow | undefined; readonly isOurs: boolean }> {
  const client = await pool.connect();
  let failure: Error | undefined;
  try {
    await client.query('BEGIN');
    await client.query('SELECT FROM sales WHERE event_id = $1 FOR UPDATE', [eventId]);
    const row = await readLineRow(client, eventId);
    const isOurs = row?.incarnation === suspect;
    const loaded = isOurs ? await loadRow({ client, redis }, row) : row;
    await client.query('COMMIT');
    return { row: loaded, isOurs };
  } catch (error) {
    failure = new Error('loading a line failed', { cause: error });
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  } finally {
    // A connection that failed half-way is not used again.
    client.release(failure);
  }
}

interface Loading {
  readonly client: pg.PoolClient;
  readonly redis: Redis;
}

async function loadRow({ client, redis }: Loading, row: LineRow): Promise<LineRow> {
  const { rows } = await client.query<{ incarnation: number }>(
    `SELECT nextval('line_incarnations') AS incarnation`,
  );
  const incarnation = rows[0]?.incarnation ?? 0;
  const keys = lineKeys(row.event_id, incarnation);
  const [live, now] = (await redis.run(lineScripts.peek, [keys[0]], [])) as [number, number];
  const at = Math.max(now, row.line_at?.getTime() ?? 0);
  const pieces = new Pieces(redis, keys);
  const highest = await sendPlaces(client, row.event_id, pieces);
  await pieces.send('earlier_slots', await readEarlierSlots(client, row.event_id));
  await pieces.send('grants', await readGrants(client, row.event_id, at));
  await sendHoles(client, row, pieces);
  const calls = await readCalls(client, row, at);
  await pieces.send('calls', calls.text);
  await pieces.landed();
  const head = headOf({ ...row, issued: Math.max(row.issued, highest) }, { incarnation, at, ...calls });
  const old = live === 0 ? [] : lineKeys(row.event_id, live).slice(1);
  await redis.run(lineScripts.publish, [...keys, ...old], head, { deadlineMs: loadDeadlineMs });
  await client.query('DELETE FROM line_steps WHERE event_id = $1', [row.event_id]);
  await client.query(
    'UPDATE sales SET incarnation = $2, line_seq = 0, line_step = NULL WHERE event_id = $1',
    [row.event_id, incarnation],
  );
  return { ...row, incarnation, line_seq: 0 };
}

/** Lines of text on their way into Redis, a few pieces at a time. */
class Pieces {
  readonly #redis: Redis;
  readonly #keys: LineKeys;
  readonly #underWay: Promise<unknown>[] = [];

  constructor(redis: Redis, keys: LineKeys) {
    this.#redis = redis;
    this.#keys = keys;
  }

  async send(kind: string, text: string | null): Promise<void> {
    for (const piece of piecesOf(text ?? '')) {
      if (this.#underWay.length >= mostUnderWay) await this.#underWay.shift();
      const landing = this.#redis.run(lineScripts.load, this.#keys, [kind, piece], {
        deadlineMs: loadDeadlineMs,
      });
      // Its fault is met where it is waited for.
      landing.catch(() => {});
      this.#underWay.push(landing);
    }
  }

  async landed(): Promise<void> {
    await Promise.all(this.#underWay.splice(0));
  }
}

function* piecesOf(text: string): Generator<string> {
  for (let from = 0; from < text.length;) {
    const end = text.length - from <= charactersPerPiece ? -1 : text.indexOf('\n', from + charactersPerPiece);
    yield end === -1 ? text.slice(from) : text.slice(from, end);
    from = end === -1 ? text.length : end + 1;
  }
}

// One text for all rows, as the places stand in Redis: the driver's rows would cost more than everything else.
async function sendPlaces(client: pg.PoolClient, eventId: string, pieces: Pieces): Promise<number> {
  for (let after = 0; ;) {
    const { rows } = await client.query<{ last: number | null; text: string | null }>({
      name: 'load-places',
      text: `SELECT max(p.arrival) AS last, string_agg(
               CASE WHEN p.replaced_at IS NULL THEN p.account_id::text ELSE '-' END || ' ' || p.arrival
               || CASE WHEN p.left_at IS NULL THEN ' 0 0' ELSE ' 0 1' END
               || CASE WHEN t.slot_id IS NULL THEN '' ELSE ' ' || t.slot_id || ' ' || ms_of(t.granted_at) || ' ' || ms_of(t.ends_at)
                 || CASE WHEN t.released_at IS NULL THEN ' 0' ELSE ' 1' END END, E'\n') AS text
             FROM (SELECT * FROM places WHERE event_id = $1 AND arrival > $2 ORDER BY arrival LIMIT ${rowsPerRead}) AS p
             LEFT JOIN slots AS t ON t.event_id = p.event_id AND t.arrival = p.arrival`,
      values: [eventId, after],
    });
    const { last, text } = rows[0] ?? { last: null, text: null };
    if (last === null) return after;
    await pieces.send('places', text);
    after = last;
  }
}

async function readEarlierSlots(client: pg.PoolClient, eventId: string): Promise<string | null> {
  const { rows } = await client.query<{ text: string | null }>(
    `SELECT string_agg(account_id || ' ' || slots, E'\n') AS text FROM (
       SELECT p.account_id, count(*) AS slots FROM places AS p JOIN slots AS t USING (event_id, arrival)
       WHERE event_id = $1 AND p.replaced_at IS NOT NULL GROUP BY p.account_id) AS earlier`,
    [eventId],
  );
  return rows[0]?.text ?? null;
}

async function readGrants(client: pg.PoolClient, eventId: string, at: number): Promise<string | null> {
  const { rows } = await client.query<{ text: string | null }>(
    `SELECT string_agg(slot_id || ' ' || ms_of(granted_at), E'\n') AS text FROM slots
     WHERE event_id = $1 AND granted_at >= instant_of($2)`,
    [eventId, at - 1_000],
  );
  return rows[0]?.text ?? null;
}

async function sendHoles(client: pg.PoolClient, row: LineRow, pieces: Pieces): Promise<void> {
  for (let after = row.serving; ;) {
    const { rows } = await client.query<{ last: number | null; text: string | null }>(
      `SELECT max(number) AS last, string_agg(number || ' 0', E'\n') AS text FROM (
         SELECT number FROM holes WHERE event_id = $1 AND number > $2 ORDER BY number LIMIT ${rowsPerRead}) AS behind`,
      [row.event_id, after],
    );
    const { last, text } = rows[0] ?? { last: null, text: null };
    if (last === null) return;
    await pieces.send('holes', text);
    after = last;
  }
}

interface RecentCalls {
  readonly text: string | null;
  readonly reserved: number;
  readonly floor: number;
}

async function readCalls(client: pg.PoolClient, row: LineRow, at: number): Promise<RecentCalls> {
  const { rows } = await client.query<RecentCalls & { older: number | null }>(
    `SELECT string_agg(to_number || ' ' || ms_of(called_at) || ' ' || called || ' ' || unclaimed, E'\n' ORDER BY to_number) AS text,
       coalesce(sum(unclaimed), 0)::integer AS reserved,
       (SELECT max(to_number) FROM calls WHERE event_id = $1 AND called_at < instant_of($2)) AS older
     FROM calls WHERE event_id = $1 AND called_at >= instant_of($2)`,
    [row.event_id, at - Math.max(row.claim_seconds, 1) * 1_000],
  );
  const { text = null, reserved = 0, older = null } = rows[0] ?? {};
  return { text, reserved, floor: text === null ? row.serving : (older ?? 0) };
}

// Credit is not logged: pacing starts from none.
function headOf(
  row: LineRow,
  {
    incarnation,
    at,
    reserved,
    floor,
  }: Pick<RecentCalls, 'reserved' | 'floor'> & {
    readonly incarnation: number;
    readonly at: number;
  },
): string[] {
  const numbers = {
    inc: incarnation,
    seq: 0,
    step: '',
    logged: 0,
    at,
    version: row.settings_version,
    issued: row.issued,
    serving: row.serving,
    credit: 0,
    paced: at,
    reserved,
    floor,
    ...(row.lobby_size === null ? {} : { lobby: row.lobby_size, frozen: row.frozen_at?.getTime() ?? at }),
    ...(row.drawn_at === null ? {} : { drawn: row.drawn_at.getTime() }),
  };
  return [
    ...Object.entries(numbers).flatMap(([name, value]) => [name, String(value)]),
    ...settingFields(row),
  ];
}
