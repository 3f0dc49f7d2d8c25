import { performDraw } from '../draw/perform-draw.ts';
import type { Deps } from '../deps.ts';
import { bearableNow } from '../line/bearable-rate.ts';
import type { Sale } from '../line/line-store.ts';

type TickDeps = Pick<Deps, 'store' | 'live' | 'logger'>;

/**
 * One look at all lines: puts back what the store lost, moves what is due, draws lobbies that are frozen, and renews
 * what is remembered. Every replica does this; each step is safe to do twice.
 */
export function createTick(deps: TickDeps, publishStates: () => void): () => Promise<void> {
  const drawing = new Set<string>();
  return async () => {
    let sales = await deps.store.readSales();
    if (await advanceDue(deps, sales)) sales = await deps.store.readSales();
    // Of the last look alone: what it misses would be forgotten.
    if (await restoreLost(deps, sales)) sales = await deps.store.readSales();
    deps.live.replace(sales);
    publishStates();
    for (const sale of sales) drawWhenFrozen(deps, sale, drawing);
  };
}

async function restoreLost({ store, live, logger }: TickDeps, sales: readonly Sale[]): Promise<boolean> {
  const present = new Set(sales.map((sale) => sale.eventId));
  const lost = [...live.all()].filter(
    ({ sale }) => !present.has(sale.eventId) && sale.phase !== 'ended' && sale.phase !== 'cancelled',
  );
  for (const { sale } of lost) {
    logger.error({ eventId: sale.eventId, issued: sale.issued }, 'the store lost a line; putting it back');
    await store.restoreSale(sale);
  }
  return lost.length > 0;
}

async function advanceDue({ store }: TickDeps, sales: readonly Sale[]): Promise<boolean> {
  const due = sales.filter((sale) => sale.needsTick);
  await Promise.all(due.map((sale) => store.advance(sale.eventId, bearableNow(sale.checkout, sale))));
  return due.length > 0;
}

// A long draw must not keep the other lines waiting for their tick.
function drawWhenFrozen({ store, logger }: TickDeps, sale: Sale, drawing: Set<string>): void {
  const { lobbySize } = sale;
  if (sale.phase !== 'drawing' || lobbySize === null || drawing.has(sale.eventId)) return;
  drawing.add(sale.eventId);
  performDraw(store, { ...sale, lobbySize })
    .then((isOurs) => logger.info({ eventId: sale.eventId, lobbySize, isOurs }, 'lobby drawn'))
    .catch((error: unknown) =>
      logger.warn({ err: error, eventId: sale.eventId }, 'draw failed; trying again'),
    )
    .finally(() => drawing.delete(sale.eventId));
}
