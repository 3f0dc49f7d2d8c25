import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { readSales, type SaleSchedule } from '@urr/contracts/catalog-internal.ts';
import { createInProcessBus } from '@urr/platform/event-bus.ts';
import type { AccountRole } from '@urr/contracts/auth.ts';
import { createIdentityCheck, signAccessToken, signingKey } from '@urr/platform/identity.ts';
import { Secret } from '@urr/platform/secret.ts';
import { serve } from '@urr/platform/serve.ts';
import { createServer } from '@urr/platform/server.ts';
import { createLogger } from '@urr/platform/logger.ts';
import type { Service } from '@urr/platform/service.ts';
import { createTestDatabase } from '@urr/testkit/test-database.ts';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import pg from 'pg';
import { queueService } from './service.ts';

export const jwtSecret = new Secret(Buffer.alloc(32, 7).toString('base64'));
export const entrySecret = 'entry-token-secret-of-tests-32-characters';
const internalToken = 'internal-token-of-tests-32-characters-long';

/** What a request answered. */
export interface Answer<Body = Record<string, unknown>> {
  readonly status: number;
  readonly body: Body;
  readonly headers: Headers;
}

/** A fan with a session. */
export interface Fan {
  readonly accountId: string;
  readonly token: string;
}

/** Makes someone signed in. */
export function createFan(role: AccountRole = 'fan', accountId: string = randomUUID()): Fan {
  const token = signAccessToken(
    { accountId, role, sessionId: randomUUID() },
    { nowSeconds: Math.floor(Date.now() / 1000), lifetimeSeconds: 1800, tokenId: randomUUID() },
    signingKey(jwtSecret),
  );
  return { accountId, token };
}

/** The outside world of one test file: a database, a catalog and replicas of the service. */
export interface World {
  readonly pool: pg.Pool;
  readonly databaseUrl: string;
  readonly catalogUrl: string;
  readonly bus: ReturnType<typeof createInProcessBus>;
  /** What the catalog answers; change it freely. */
  readonly sales: Map<string, SaleSchedule>;
  environment(extra?: Record<string, string>): Record<string, string>;
  /** Starts another replica and answers its origin. */
  startReplica(extra?: Record<string, string>): Promise<Replica>;
  /** Publishes a sale; resolves when the database knows it. */
  publish(sale?: Partial<SaleSchedule>): Promise<string>;
  close(): Promise<void>;
}

export interface Replica {
  readonly origin: string;
  stop(): Promise<void>;
}

/** A sale that opened a second ago, unless told otherwise. */
export function saleSchedule(overrides: Partial<SaleSchedule> = {}): SaleSchedule {
  const at = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
  return {
    eventId: randomUUID(),
    ownerId: randomUUID(),
    lobbyOpensAt: at(-1800),
    opensAt: at(-1),
    endsAt: at(86_400),
    capacity: 100,
    ratePerSecond: 50,
    threshold: 0,
    slotSeconds: 600,
    cancelled: false,
    soldOut: false,
    stock: [{ grade: 'VIP', price: 1000, total: 10, left: 5 }],
    ...overrides,
  };
}

/** Lets slots of 30 s, the shortest that catalog may ask for, last so many seconds. */
export async function shortenSlots({ pool }: Pick<World, 'pool'>, seconds: number): Promise<void> {
  await pool.query(`
    CREATE FUNCTION shorten_slots() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN NEW.slot_seconds := ${seconds}; RETURN NEW; END $$;
    CREATE TRIGGER shorten_slots BEFORE INSERT OR UPDATE ON sales FOR EACH ROW WHEN (NEW.slot_seconds = 30)
      EXECUTE FUNCTION shorten_slots()`);
}

export async function createWorld(common: Readonly<Record<string, string>> = {}): Promise<World> {
  const database = await createTestDatabase({ migrations: queueService.migrations ?? '' });
  const pool = new pg.Pool({ connectionString: database.url, max: 4 });
  pool.on('error', () => {});
  const sales = new Map<string, SaleSchedule>();
  const catalog = await startCatalog(sales);
  const bus = createInProcessBus();
  const replicas: Replica[] = [];
  const environment = (extra: Record<string, string> = {}) => ({
    PORT: '0',
    LOG_LEVEL: 'silent',
    JWT_SECRET: jwtSecret.reveal(),
    INTERNAL_API_TOKEN: internalToken,
    QUEUE_DB_URL: database.url,
    QUEUE_DB_POOL_SIZE: '6',
    CATALOG_SERVICE_URL: catalog.origin,
    QUEUE_ENTRY_TOKEN_SECRET: entrySecret,
    QUEUE_CATALOG_POLL_MS: '50',
    COOKIE_SECURE: 'false',
    ...common,
    ...extra,
  });
  return {
    pool,
    databaseUrl: database.url,
    catalogUrl: catalog.origin,
    bus,
    sales,
    environment,
    startReplica: async (extra) => {
      const replica = await startService(await queueService.create(environment(extra), { bus }));
      replicas.push(replica);
      return replica;
    },
    publish: async (overrides) => {
      const sale = saleSchedule(overrides);
      sales.set(sale.eventId, sale);
      await waitUntil(
        async () =>
          (await pool.query('SELECT FROM sales WHERE event_id = $1', [sale.eventId])).rowCount === 1,
        { what: 'the sale to be learnt' },
      );
      return sale.eventId;
    },
    close: async () => {
      await Promise.all(replicas.map((replica) => replica.stop()));
      await catalog.stop();
      await pool.end();
      await database.drop();
    },
  };
}

async function startCatalog(sales: ReadonlyMap<string, SaleSchedule>): Promise<Replica> {
  const { app } = createServer({ name: 'catalog', logger: createLogger('catalog', 'silent'), readiness: [] });
  serve(
    { app, identify: createIdentityCheck(jwtSecret), internalToken: new Secret(internalToken) },
    readSales,
    () => ({
      sales: [...sales.values()],
    }),
  );
  await app.listen({ port: 0, host: '127.0.0.1' });
  return {
    origin: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`,
    stop: () => app.close(),
  };
}

async function startService(service: Service): Promise<Replica> {
  await service.app.listen({ port: 0, host: '127.0.0.1' });
  await service.start();
  let stopped: Promise<void> | undefined;
  return {
    origin: `http://127.0.0.1:${(service.app.server.address() as AddressInfo).port}`,
    stop: () => (stopped ??= service.app.close().then(() => service.stop())),
  };
}

/** Calls a queue route as a fan. */
export async function call<Body = Record<string, unknown>>(
  replica: Pick<Replica, 'origin'>,
  path: string,
  options: { readonly fan?: Fan; readonly method?: 'GET' | 'POST'; readonly body?: unknown } = {},
): Promise<Answer<Body>> {
  const response = await fetch(`${replica.origin}/api/v1/queue/${path}`, {
    method: options.method ?? 'GET',
    headers: {
      ...(options.fan === undefined ? {} : { authorization: `Bearer ${options.fan.token}` }),
      ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    body: (text === '' ? {} : JSON.parse(text)) as Body,
    headers: response.headers,
  };
}

/** POSTs to a queue route as a fan. */
export function post<Body = Record<string, unknown>>(
  replica: Pick<Replica, 'origin'>,
  path: string,
  fan: Fan,
  body?: unknown,
): Promise<Answer<Body>> {
  return call<Body>(replica, path, { fan, method: 'POST', ...(body === undefined ? {} : { body }) });
}
