import { setTimeout as sleep } from 'node:timers/promises';
import { callRoute } from '@urr/contracts/call-route.ts';
import { type Inventory, pushInventory } from '@urr/contracts/ticket-internal.ts';
import { internalTokenHeader } from '@urr/platform/internal-token.ts';
import type { ServerProcess } from '../servers/server-process.ts';
import { type BenchDatabase, connect, copyDatabase, makeDatabase } from './database.ts';
import { newEventId } from './fan.ts';
import type { Stage } from './stage.ts';

/** One event on sale at a server. */
export interface TicketStage {
  readonly server: ServerProcess;
  readonly eventId: string;
  /** Makes every seat free and every hold forgotten, and waits until the server has seen it. */
  readonly reset: () => Promise<void>;
}

/** More than any measurement holds. */
const seatCount = 50_000;
/** Longer than a server's memory of seats may lag behind the rows. Milliseconds. */
const settleMs = 1_000;

/** Starts ticket-service with one event, and the reference over a copy of its database. */
export async function startTickets(stage: Stage): Promise<{ service: TicketStage; reference: TicketStage }> {
  const eventId = newEventId();
  const database = await makeDatabase(stage, 'ticket_bench', 'ticket');
  const first = await startService(stage, database);
  stage.tell(`publishing ${seatCount.toLocaleString('en')} seats`);
  await publish(stage, first, eventId);
  // A database is copied while nobody is connected to it.
  await first.stop();
  await database.client.end();
  const copy = await copyDatabase(stage, database, 'ticket_reference');
  const reopened = await connect(stage, database.name);
  const service = await startService(stage, reopened);
  const reference = await stage.startServer('commit-per-hold', 'load/bench/servers/commit-per-hold/main.ts', {
    TICKET_DB_URL: copy.url,
  });
  return {
    service: ticketStage(service, reopened, eventId),
    reference: ticketStage(reference, copy, eventId),
  };
}

/** Starts replicas of ticket-service over one database with one event. */
export async function startReplicas(
  stage: Stage,
  count: number,
): Promise<Omit<TicketStage, 'server'> & { readonly servers: readonly ServerProcess[] }> {
  const eventId = newEventId();
  const database = await makeDatabase(stage, 'ticket_replicas', 'ticket');
  const servers = await Promise.all(
    Array.from({ length: count }, (_, index) => startService(stage, database, `ticket-${index + 1}`)),
  );
  const [first] = servers;
  if (first === undefined) throw new Error('There is no replica');
  stage.tell(`publishing ${seatCount.toLocaleString('en')} seats`);
  await publish(stage, first, eventId);
  const { reset } = ticketStage(first, database, eventId);
  return { servers, eventId, reset };
}

function startService(stage: Stage, database: BenchDatabase, name = 'ticket'): Promise<ServerProcess> {
  return stage.startServer(name, 'services/ticket/src/main.ts', { TICKET_DB_URL: database.url });
}

function ticketStage(server: ServerProcess, { client }: BenchDatabase, eventId: string): TicketStage {
  return {
    server,
    eventId,
    reset: async () => {
      await client.query('TRUNCATE seats, reservations, outbox');
      await client.query(
        "INSERT INTO seats (event_id, seat_id, grade) SELECT $1, n, 'R' FROM generate_series(0, $2::int - 1) AS n",
        [eventId, seatCount],
      );
      await client.query('VACUUM ANALYZE seats');
      await client.query('CHECKPOINT');
      await sleep(settleMs);
    },
  };
}

async function publish(stage: Stage, server: ServerProcess, eventId: string): Promise<void> {
  const pushed = await callRoute(
    pushInventory,
    { params: { eventId }, body: inventory() },
    {
      baseUrl: server.url,
      headers: { [internalTokenHeader]: stage.secrets.internal },
      deadlineMs: 30_000,
    },
  );
  if (!pushed.ok) throw new Error(`The seats were not taken: ${JSON.stringify(pushed.problem)}`);
}

function inventory(): Inventory {
  const seats = Array.from({ length: seatCount }, (_, index) => ({
    section: String(100 + Math.floor(index / 1_000)),
    row: String(1 + (Math.floor(index / 40) % 25)),
    seat: String(1 + (index % 40)),
    grade: 'R',
    x: (index % 40) * 55,
    y: Math.floor(index / 40) * 90,
    flags: [],
  }));
  const day = 86_400_000;
  const instant = (offsetMs: number) => new Date(Date.now() + offsetMs).toISOString();
  return {
    revision: 1,
    ownerId: newEventId(),
    title: { ko: '물결', en: 'Ripple' },
    venue: { ko: '큰 마당', en: 'Great Yard' },
    startsAt: instant(30 * day),
    saleOpensAt: instant(-day),
    saleEndsAt: instant(day),
    limitPerAccount: 4,
    cancelled: false,
    layout: { layoutId: newEventId(), version: 1, seats },
    prices: [{ grade: 'R', price: 154_000 }],
    pools: [],
  };
}
