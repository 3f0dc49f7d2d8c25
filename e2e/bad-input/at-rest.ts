import { isDeepStrictEqual } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { changedTables, type DatabaseWatch } from '../database-snapshot.ts';

// Each row of an answer is work that is still to be done.
const underWay: Readonly<Record<string, readonly string[]>> = {
  auth_db: ['SELECT FROM mails WHERE next_attempt_at IS NOT NULL'],
  catalog_db: [
    'SELECT FROM pushes WHERE pushed_version < wanted_version AND refused_version < wanted_version',
  ],
  queue_db: [
    'SELECT FROM sales WHERE ends_at > now() AND opens_at <= now() AND drawn_at IS NULL',
    `SELECT FROM sales s, clock_timestamp() AS at WHERE serving < issued
       AND sale_phase(s, at) IN ('open', 'draining') AND capacity - active - reserved_slots(s, at) > 0`,
  ],
  ticket_db: [
    "SELECT FROM reservations WHERE state = 'pending' AND held_until <= now()",
    "SELECT FROM tickets JOIN events USING (event_id) WHERE cancelled AND state = 'valid'",
  ],
  payment_db: [
    "SELECT FROM refunds WHERE state IN ('waiting', 'requested', 'ready', 'sending')",
    "SELECT FROM payment_attempts WHERE state IN ('confirming', 'unknown', 'captured', 'refunding')",
    "SELECT FROM payment_attempts WHERE next_check_at < now() + interval '1 minute'",
  ],
};

const deadlineMs = 20_000;

/** Waits until nothing is under way any more and two looks at all rows see the same. */
export async function comeToRest(watch: DatabaseWatch): Promise<void> {
  const endsAt = performance.now() + deadlineMs;
  for (;;) {
    const unfinished = await whatIsUnderWay(watch);
    if (unfinished.length === 0) {
      const before = await watch.snapshot();
      await sleep(20);
      const changed = changedTables(before, await watch.snapshot());
      if (changed.length === 0) return;
      unfinished.push(`${changed.join()} changed`);
    }
    if (performance.now() > endsAt)
      throw new Error(`The platform does not come to rest: ${unfinished.join('; ')}`);
    await sleep(10);
  }
}

async function whatIsUnderWay(watch: DatabaseWatch): Promise<string[]> {
  const [isInformed, ...found] = await Promise.all([
    isLineInformed(watch),
    ...watch.having('outbox').map((database) => unfinishedIn(watch, database)),
  ]);
  return isInformed ? found.flat() : [...found.flat(), 'the line does not know what catalog does'];
}

async function unfinishedIn(watch: DatabaseWatch, database: string): Promise<string[]> {
  const statements = ['SELECT FROM outbox WHERE published_at IS NULL', ...(underWay[database] ?? [])];
  const exist = statements.map((statement, index) => `SELECT ${index} AS index WHERE EXISTS (${statement})`);
  const found = await watch.rows(database, exist.join(' UNION ALL '));
  return found.map(({ index }) => `${database}: ${statements[Number(index)]}`);
}

// The line learns from catalog, catalog's stock from tickets; neither leaves a row that says so.
async function isLineInformed(watch: DatabaseWatch): Promise<boolean> {
  const [published, learned, left] = await Promise.all([
    watch.rows(
      'catalog_db',
      `SELECT e.id, sale_opens_at AS opens, sale_ends_at AS ends, capacity, rate_per_second AS rate, threshold,
         e.state = 'cancelled' AS cancelled FROM events e JOIN pushes p ON p.event_id = e.id
       WHERE p.pushed_version > 0 AND sale_ends_at > now()`,
    ),
    watch.rows(
      'queue_db',
      `SELECT event_id AS id, scheduled_opens_at AS opens, ends_at AS ends, scheduled_capacity AS capacity,
         scheduled_rate AS rate, threshold, is_cancelled AS cancelled, is_sold_out FROM sales`,
    ),
    watch.rows(
      'ticket_db',
      `SELECT event_id AS id FROM pools WHERE quantity > sold + held
       UNION SELECT event_id FROM seats WHERE state = 'available'`,
    ),
  ]);
  const withPlaces = new Set(left.map(({ id }) => id));
  return published.every((sale) => {
    const { is_sold_out: isSoldOut, ...line } = learned.find(({ id }) => id === sale['id']) ?? {};
    const knowsPlaces = sale['cancelled'] === true || isSoldOut !== withPlaces.has(sale['id']);
    return knowsPlaces && isDeepStrictEqual({ ...line }, { ...sale });
  });
}
