import { randomBytes } from 'node:crypto';
import { readSales, type SaleSchedule } from '@urr/contracts/catalog-internal.ts';
import { callWorkload } from '@urr/platform/call-workload.ts';
import type { Deps } from '../deps.ts';
import type { LineSchedule } from '../line/line-store.ts';

/**
 * Asks catalog for the sales and writes what changed since this process last wrote. The draw's secret is made when a
 * sale is first seen; the store keeps the first one it gets.
 */
export function createSaleLearner(
  deps: Pick<Deps, 'config' | 'store' | 'live' | 'logger'>,
): () => Promise<void> {
  const { config, store, live } = deps;
  const written = new Map<string, string>();
  return async () => {
    const result = await callWorkload(
      readSales,
      {},
      {
        baseUrl: config.CATALOG_SERVICE_URL,
        internalToken: config.INTERNAL_API_TOKEN,
        deadlineMs: 5_000,
      },
    );
    // Without catalog the lines go on with the schedules they have.
    if (!result.ok) return deps.logger.debug({ code: result.problem.code }, 'catalog did not answer');
    for (const { eventId, stock } of result.body.sales) live.setStock(eventId.toLowerCase(), stock);
    for (const sale of result.body.sales) {
      const text = JSON.stringify({ ...sale, stock: undefined });
      const isKnown = live.find(sale.eventId.toLowerCase()) !== undefined;
      if (isKnown && written.get(sale.eventId) === text) continue;
      await store.saveSchedules([lineSchedule(sale, config.QUEUE_CLAIM_SECONDS)]);
      written.set(sale.eventId, text);
    }
  };
}

function lineSchedule(sale: SaleSchedule, claimSeconds: number): LineSchedule {
  return {
    eventId: sale.eventId.toLowerCase(),
    ownerId: sale.ownerId,
    lobbyOpensAt: sale.lobbyOpensAt,
    opensAt: sale.opensAt,
    endsAt: sale.endsAt,
    capacity: sale.capacity,
    ratePerSecond: sale.ratePerSecond,
    threshold: sale.threshold,
    slotSeconds: sale.slotSeconds,
    claimSeconds,
    isCancelled: sale.cancelled,
    isSoldOut: sale.soldOut,
    secret: randomBytes(32),
    leafKey: randomBytes(32),
  };
}
