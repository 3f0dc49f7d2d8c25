import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLogger } from '@urr/platform/logger.ts';
import { Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';
import type { TicketTables } from '../tables.ts';
import { buyerOf, poolInventory, startTicket } from '../ticket.fixture.ts';
import { LiveSales } from './live-sales.ts';

/** A pool whose next answer can be kept back on its way: it tells what was true when it was given. */
function slowWay(pool: pg.Pool) {
  const kept: { readonly given: () => void; readonly released: Promise<void> }[] = [];
  const query = async (look: pg.QueryConfig) => {
    const answer = await pool.query(look);
    const way = kept.shift();
    way?.given();
    await way?.released;
    return answer;
  };
  const keepNext = () => {
    const given = Promise.withResolvers<void>();
    const released = Promise.withResolvers<void>();
    kept.push({ given: given.resolve, released: released.promise });
    return { given: given.promise, release: released.resolve };
  };
  return { keepNext, pool: { query } as unknown as pg.Pool };
}

test('a look that was asked for earlier never replaces what a refresh has seen since', async () => {
  const fixture = await startTicket();
  const { ticketTypeId, inventory } = poolInventory(10);
  const eventId = await fixture.push(inventory);
  const slow = slowWay(fixture.pool);
  const db = new Kysely<TicketTables>({ dialect: new PostgresDialect({ pool: fixture.pool }) });
  const logger = createLogger('test', 'silent');
  const sales = new LiveSales({ pool: slow.pool, db, logger, intervalMs: 60_000 });
  const live = (await sales.open(eventId)) ?? assert.fail('the event was not found');
  const { given, release } = slow.keepNext();
  const tick = sales.tick();
  await given;
  await fixture.places(buyerOf(eventId), ticketTypeId, 3);
  const refresh = sales.refresh(eventId);
  // Time enough for it to look out of its turn.
  await Promise.race([refresh, sleep(300)]);
  release();
  await Promise.all([tick, refresh]);
  assert.equal(live.pools.left(ticketTypeId), 7);
});
