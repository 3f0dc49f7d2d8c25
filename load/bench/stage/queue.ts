import { readLineState } from '@urr/contracts/queue.ts';
import { callRoute } from '@urr/contracts/call-route.ts';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import type { ServerProcess } from '../servers/server-process.ts';
import type { StandInCatalog } from './catalog.ts';
import { type BenchDatabase, makeDatabase } from './database.ts';
import type { Stage } from './stage.ts';

/** A queue-service of its own, with its own database. */
export interface QueueStage {
  readonly server: ServerProcess;
  readonly database: BenchDatabase;
  /** Opens a sale and waits until its line is open. */
  openSale(eventId: string): Promise<void>;
}

/** Starts queue-service over an empty database. */
export async function startQueue(stage: Stage, catalog: StandInCatalog, name: string): Promise<QueueStage> {
  return startQueueOver(await makeDatabase(stage, name, 'queue'), stage, catalog, name);
}

/** Starts queue-service over a database that is there; `openSale` of a sale in it waits until the service knows it. */
export async function startQueueOver(
  database: BenchDatabase,
  stage: Stage,
  catalog: StandInCatalog,
  name: string,
): Promise<QueueStage> {
  const server = await stage.startServer(name, 'services/queue/src/main.ts', {
    QUEUE_DB_URL: database.url,
    CATALOG_SERVICE_URL: catalog.url,
  });
  return {
    server,
    database,
    openSale: async (eventId) => {
      catalog.open(eventId);
      const isOpen = async () => {
        const state = await callRoute(readLineState, { params: { eventId } }, { baseUrl: server.url });
        return state.ok && state.body.phase === 'open';
      };
      await waitUntil(isOpen, { what: `an open line on ${name}`, timeoutMs: 15_000 });
    },
  };
}

/** Puts people into an open line by SQL, as if all had joined after its opening. */
export async function fillLine({ client }: BenchDatabase, eventId: string, people: number): Promise<void> {
  await client.query('BEGIN');
  await client.query('SELECT FROM sales WHERE event_id = $1 FOR UPDATE', [eventId]);
  await client.query(
    `INSERT INTO places (event_id, arrival, account_id, joined_at)
     SELECT $1, n, gen_random_uuid(), clock_timestamp() FROM generate_series(1, $2::bigint) AS n`,
    [eventId, people],
  );
  await client.query('UPDATE sales SET issued = $2 WHERE event_id = $1', [eventId, people]);
  await client.query('COMMIT');
  await client.query('VACUUM ANALYZE places');
}
