import type pg from 'pg';
import { type DrawFacts, drawnNumbers, isSecretCommitted } from './draw-order.ts';
import { type Finding, findingOf, findViolations } from './finding.ts';

/** G6: accounts with two places or two slots at a time, and numbers given twice. */
export function findDuplicatePlaces(queue: pg.Pool, eventId: string): Promise<Finding[]> {
  const values = [eventId];
  return Promise.all([
    findViolations(queue, {
      check: 'accounts with two places',
      values,
      sql: `SELECT account_id, count(*)::integer AS places FROM places
        WHERE event_id = $1 AND replaced_at IS NULL GROUP BY account_id HAVING count(*) > 1`,
    }),
    findViolations(queue, {
      check: 'numbers admitted twice',
      values,
      sql: `SELECT number, count(*)::integer AS slots FROM slots
        WHERE event_id = $1 GROUP BY number HAVING count(*) > 1`,
    }),
    findViolations(queue, {
      check: 'accounts with two slots at the same moment',
      values,
      sql: `SELECT earlier.account_id, earlier.slot_id, later.slot_id AS other FROM slots earlier
        JOIN slots later ON later.event_id = earlier.event_id AND later.account_id = earlier.account_id
          AND (later.granted_at, later.arrival) > (earlier.granted_at, earlier.arrival)
        WHERE earlier.event_id = $1 AND later.granted_at < coalesce(earlier.released_at, earlier.ends_at)`,
    }),
  ]);
}

/** G7: more admissions in any 1 s or 60 s than the rate allows, or more people inside than the capacity. */
export function findPacingViolations(queue: pg.Pool, eventId: string): Promise<Finding[]> {
  return Promise.all([
    findViolations(queue, windowQuery(eventId, 1)),
    findViolations(queue, windowQuery(eventId, 60)),
    findViolations(queue, {
      check: 'moments with more people inside than the capacity',
      values: [eventId],
      sql: `WITH steps AS (
          SELECT granted_at AS at, 1 AS change, capacity, arrival FROM slots WHERE event_id = $1
          UNION ALL
          SELECT coalesce(released_at, ends_at), -1, NULL, arrival FROM slots WHERE event_id = $1
        ), inside AS (
          SELECT at, capacity, change, sum(change) OVER (ORDER BY at, change, arrival) AS people FROM steps
        )
        SELECT at, people::integer, capacity FROM inside WHERE change = 1 AND people > capacity`,
    }),
  ]);
}

function windowQuery(eventId: string, seconds: number) {
  return {
    check: `windows of ${seconds} s with more admissions than the rate`,
    values: [eventId, seconds],
    sql: `WITH windows AS (
        SELECT granted_at, count(*) OVER last AS admissions, max(rate) OVER last AS rate FROM slots
        WHERE event_id = $1
        WINDOW last AS (ORDER BY granted_at
          RANGE BETWEEN $2::integer * interval '1 second' PRECEDING AND CURRENT ROW)
      )
      SELECT granted_at, admissions::integer, rate FROM windows WHERE admissions > rate::bigint * $2::integer`,
  };
}

/** G8: arrivals, calls and admissions out of order, and lobby numbers that the draw did not give. */
export async function findOrderInversions(queue: pg.Pool, eventId: string): Promise<Finding[]> {
  const values = [eventId];
  return [
    ...(await Promise.all([
      findViolations(queue, {
        check: 'places given against the order of arrival',
        values,
        sql: `SELECT * FROM (
            SELECT arrival, joined_at, max(joined_at) OVER (ORDER BY arrival
              ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS earlier FROM places WHERE event_id = $1
          ) arrivals WHERE joined_at < earlier`,
      }),
      findViolations(queue, {
        check: 'calls against the order of numbers',
        values,
        sql: `SELECT * FROM (
            SELECT to_number, called_at, max(called_at) OVER (ORDER BY to_number
              ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS earlier FROM calls WHERE event_id = $1
          ) calls WHERE called_at < earlier`,
      }),
      findViolations(queue, {
        check: 'admissions before the call',
        values,
        sql: `SELECT s.number, s.granted_at, c.called_at FROM slots s
          LEFT JOIN LATERAL (
            SELECT called_at FROM calls WHERE event_id = s.event_id AND to_number >= s.number
            ORDER BY to_number LIMIT 1) c ON true
          WHERE s.event_id = $1 AND (c.called_at <= s.granted_at) IS NOT TRUE`,
      }),
    ])),
    await findWrongNumbers(queue, eventId),
  ];
}

interface SaleRow {
  readonly secret: Buffer;
  readonly secret_hash: Buffer;
  readonly roster_root: Buffer | null;
  readonly lobby_size: number | null;
}

async function findWrongNumbers(queue: pg.Pool, eventId: string): Promise<Finding> {
  const check = 'numbers that neither the draw nor the arrival gave';
  const draw = await readDraw(queue, eventId);
  if (draw === undefined) return findingOf(check, []);
  if (!isSecretCommitted(draw)) return findingOf(check, [{ fault: 'the secret is not the committed one' }]);
  const numbers = drawnNumbers(draw);
  const { rows } = await queue.query<{ arrival: number; number: number }>(
    'SELECT arrival::float8 AS arrival, number::float8 AS number FROM slots WHERE event_id = $1',
    [eventId],
  );
  const wrong = rows.filter((slot) => slot.number !== (numbers[slot.arrival - 1] ?? slot.arrival));
  return findingOf(check, wrong);
}

/** The draw as its row tells it; `undefined` before it is held. */
export async function readDraw(queue: pg.Pool, eventId: string): Promise<DrawFacts | undefined> {
  const { rows } = await queue.query<SaleRow>(
    'SELECT secret, secret_hash, roster_root, lobby_size::integer FROM sales WHERE event_id = $1',
    [eventId],
  );
  const [sale] = rows;
  if (sale === undefined || sale.roster_root === null || sale.lobby_size === null) return undefined;
  return {
    secret: sale.secret,
    secretHash: sale.secret_hash,
    rosterRoot: sale.roster_root,
    lobbySize: sale.lobby_size,
  };
}

/** People who still want in: they have a place, have not left and were never inside. */
export async function countStillWaiting(queue: pg.Pool, eventId: string): Promise<number> {
  const { rows } = await queue.query<{ waiting: number }>(
    `SELECT count(*)::integer AS waiting FROM places p
      WHERE p.event_id = $1 AND p.left_at IS NULL AND p.replaced_at IS NULL AND NOT EXISTS (
        SELECT 1 FROM slots s WHERE s.event_id = p.event_id AND s.arrival = p.arrival)`,
    [eventId],
  );
  return rows[0]?.waiting ?? 0;
}
