import { type Inventory, pushInventory, readStock } from '@urr/contracts/ticket-internal.ts';
import { createLogger } from '@urr/platform/logger.ts';
import { Problem } from '@urr/platform/problem.ts';
import { Secret } from '@urr/platform/secret.ts';
import { serve } from '@urr/platform/serve.ts';
import { createServer } from '@urr/platform/server.ts';

/** ticket-service as catalog-service sees it: takes inventory, tells stock, fails when told to. */
export interface FakeTicketService {
  readonly url: string;
  readonly inventories: Map<string, Inventory>;
  readonly pushes: string[];
  /** Places taken by event and grade, `${eventId} ${grade}`. */
  readonly taken: Map<string, number>;
  mode: 'up' | 'down' | 'hanging' | 'conflict' | 'stranger';
  close(): Promise<void>;
}

export async function startFakeTicketService(internalToken: string): Promise<FakeTicketService> {
  const { app } = createServer({
    name: 'fake-ticket',
    logger: createLogger('fake-ticket', 'silent'),
    readiness: [],
  });
  const server = { app, identify: () => undefined, internalToken: new Secret(internalToken) };
  const fake = {
    inventories: new Map<string, Inventory>(),
    pushes: [] as string[],
    taken: new Map<string, number>(),
    mode: 'up' as FakeTicketService['mode'],
  };
  // Somebody else at its address, who finds everything fine.
  app.addHook('preHandler', async (_request, reply) => {
    if (fake.mode === 'stranger') await reply.type('application/json').send('{"status":"ok"}');
  });
  const obey = async () => {
    if (fake.mode === 'down') throw new Problem('overloaded', { retryAfter: 1 });
    if (fake.mode === 'conflict') throw new Problem('inventory-conflict');
    if (fake.mode === 'hanging') await new Promise(() => {});
  };
  serve(server, pushInventory, async ({ params, body }) => {
    await obey();
    fake.inventories.set(params.eventId, body);
    fake.pushes.push(params.eventId);
    return { seats: body.layout?.seats.length ?? 0, pools: body.pools.length };
  });
  serve(server, readStock, async ({ query }) => {
    if (fake.mode !== 'conflict') await obey();
    const events = query.eventIds.split(',').flatMap((eventId) => {
      const inventory = fake.inventories.get(eventId);
      return inventory === undefined ? [] : [{ eventId, grades: stockOf(fake.taken, eventId, inventory) }];
    });
    return { events };
  });
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  return Object.assign(fake, {
    url,
    close: async () => {
      app.server.closeAllConnections();
      await app.close();
    },
  });
}

function stockOf(taken: ReadonlyMap<string, number>, eventId: string, inventory: Inventory) {
  const totals = new Map(inventory.pools.map((pool) => [pool.grade, pool.quantity]));
  for (const seat of inventory.layout?.seats ?? [])
    if (!seat.flags.includes('blocked')) totals.set(seat.grade, (totals.get(seat.grade) ?? 0) + 1);
  return [...inventory.prices, ...inventory.pools].map(({ grade, price }) => {
    const total = totals.get(grade) ?? 0;
    return { grade, price, total, left: total - (taken.get(`${eventId} ${grade}`) ?? 0) };
  });
}
