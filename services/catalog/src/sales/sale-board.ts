import type { SaleSchedule } from '@urr/contracts/catalog-internal.ts';
import { type GradeStock, readStock } from '@urr/contracts/ticket-internal.ts';
import { callWorkload } from '@urr/platform/call-workload.ts';
import type { Logger } from '@urr/platform/logger.ts';
import { type Repetition, repeat } from '@urr/platform/repeat.ts';
import type { Secret } from '@urr/platform/secret.ts';
import type { Kysely } from 'kysely';
import type { Static } from 'typebox';
import type { EventStock, StockBook } from '../deps.ts';
import type { CatalogTables } from '../tables.ts';
import { readRunningSales, type RunningSale } from './store.ts';

type Grades = readonly Static<typeof GradeStock>[];

/** Milliseconds between two looks; with the look itself nothing shown is older than a second. */
const refreshEveryMs = 400;
const stockDeadlineMs = 2_000;
/** After this the stock shown is marked stale, and schedules are no longer handed out. Milliseconds. */
const staleAfterMs = 2_000;
const schedulesExpireAfterMs = 5_000;
const eventsInOneCall = 200;

export interface SaleBoardDeps {
  readonly db: Kysely<CatalogTables>;
  readonly ticketUrl: string;
  readonly internalToken: Secret;
  readonly logger: Logger;
}

/** Running sales and their stock, kept in memory: reading costs nothing and waits for nobody. */
export interface SaleBoard extends StockBook, Repetition {
  /** Refuses (503) when the schedules are too old to act on and cannot be read now. */
  schedules(): Promise<SaleSchedule[]>;
  /** Looks now; a running look is joined. */
  refresh(): Promise<void>;
}

interface KnownStock {
  readonly grades: Grades;
  readonly readAt: number;
}

export function createSaleBoard(deps: SaleBoardDeps): SaleBoard {
  let sales: readonly RunningSale[] = [];
  let salesReadAt = -Infinity;
  let stock: ReadonlyMap<string, KnownStock> = new Map();

  const refreshSales = singleFlight(async () => {
    sales = await readRunningSales(deps.db);
    salesReadAt = performance.now();
  });
  const refreshStock = singleFlight(async () => {
    stock = await refreshedStock(deps, sellingIds(sales), stock);
  });
  // Two loops: while ticket-service is slow, schedules stay fresh.
  const often = { intervalMs: refreshEveryMs, logger: deps.logger };
  const salesLoop = repeat('reading sales', often, refreshSales);
  const stockLoop = repeat('reading stock', often, refreshStock);

  return {
    of: (eventId) => eventStock(stock.get(eventId)),
    soldOut: () => [...stock].filter(([, known]) => isSoldOut(known.grades)).map(([eventId]) => eventId),
    schedules: async () => {
      // Only before the first look, or while the database is away: that look is joined.
      if (performance.now() - salesReadAt > schedulesExpireAfterMs) await refreshSales();
      return sales.map((sale) => scheduleOf(sale, stock.get(sale.id)?.grades ?? []));
    },
    refresh: async () => {
      await refreshSales();
      await refreshStock();
    },
    start: () => {
      salesLoop.start();
      stockLoop.start();
    },
    stop: async () => void (await Promise.all([salesLoop.stop(), stockLoop.stop()])),
  };
}

function singleFlight(work: () => Promise<void>): () => Promise<void> {
  let inFlight: Promise<void> | undefined;
  return () => (inFlight ??= work().finally(() => (inFlight = undefined)));
}

function sellingIds(sales: readonly RunningSale[]): string[] {
  return sales.filter((sale) => sale.state === 'published').map((sale) => sale.id);
}

/** The stock of these events; what cannot be read now keeps its last known value. */
async function refreshedStock(
  deps: SaleBoardDeps,
  eventIds: readonly string[],
  known: ReadonlyMap<string, KnownStock>,
): Promise<Map<string, KnownStock>> {
  const fresh = new Map<string, KnownStock>();
  for (const eventId of eventIds) {
    const last = known.get(eventId);
    if (last !== undefined) fresh.set(eventId, last);
  }
  for (let start = 0; start < eventIds.length; start += eventsInOneCall) {
    const asked = eventIds.slice(start, start + eventsInOneCall);
    const readAt = performance.now();
    for (const event of await askTicket(deps, asked))
      fresh.set(event.eventId, { grades: event.grades, readAt });
  }
  return fresh;
}

async function askTicket(deps: SaleBoardDeps, eventIds: readonly string[]) {
  const result = await callWorkload(
    readStock,
    { query: { eventIds: eventIds.join() } },
    { baseUrl: deps.ticketUrl, internalToken: deps.internalToken, deadlineMs: stockDeadlineMs },
  );
  if (result.ok) return result.body.events;
  deps.logger.debug({ code: result.problem.code }, 'stock could not be read');
  return [];
}

function eventStock(known: KnownStock | undefined): EventStock | undefined {
  if (known === undefined) return undefined;
  const ageMs = performance.now() - known.readAt;
  return { asOf: new Date(Date.now() - ageMs), isStale: ageMs > staleAfterMs, grades: known.grades };
}

function isSoldOut(grades: Grades): boolean {
  return grades.length > 0 && grades.every((grade) => grade.left <= 0);
}

function scheduleOf(sale: RunningSale, stock: Grades): SaleSchedule {
  return {
    eventId: sale.id,
    ownerId: sale.owner_id,
    lobbyOpensAt: new Date(sale.sale_opens_at.getTime() - sale.lobby_minutes * 60_000).toISOString(),
    opensAt: sale.sale_opens_at.toISOString(),
    endsAt: sale.sale_ends_at.toISOString(),
    capacity: sale.capacity,
    ratePerSecond: sale.rate_per_second,
    threshold: sale.threshold,
    slotSeconds: sale.slot_seconds,
    cancelled: sale.state === 'cancelled',
    soldOut: isSoldOut(stock),
    stock: [...stock],
  };
}
