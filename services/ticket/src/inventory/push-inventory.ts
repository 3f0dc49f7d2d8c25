import { createHash } from 'node:crypto';
import type { Inventory } from '@urr/contracts/ticket-internal.ts';
import { audit } from '@urr/platform/audit.ts';
import { inTransaction } from '@urr/platform/database.ts';
import { Problem } from '@urr/platform/problem.ts';
import type { Transaction } from 'kysely';
import type { Deps } from '../deps.ts';
import type { TicketTables } from '../tables.ts';
import { inventoryFaults } from './inventory.ts';
import {
  keepLayout,
  lockEvent,
  lockPools,
  lockSeatsInUse,
  readPriced,
  replacePools,
  replacePrices,
  replaceSeats,
  upsertEvent,
} from './store.ts';

interface Push {
  readonly eventId: string;
  readonly inventory: Inventory;
  readonly requestId: string;
}

/**
 * Creates or corrects an event's inventory. What is held or sold never changes; the same push again changes nothing, nor
 * does one that was overtaken by a newer.
 */
export async function pushInventory(deps: Pick<Deps, 'db' | 'live'>, push: Push) {
  const faults = inventoryFaults(push.inventory);
  if (faults.length > 0) throw new Problem('invalid-input', { data: { errors: faults.slice(0, 20) } });
  await inTransaction(deps.db, (trx) => apply(trx, push));
  deps.live.tell(push.eventId);
  await deps.live.reload(push.eventId);
  const { layout, pools } = push.inventory;
  return { seats: layout?.seats.length ?? 0, pools: pools.length };
}

async function apply(trx: Transaction<TicketTables>, { eventId, inventory, requestId }: Push): Promise<void> {
  const before = await lockEvent(trx, eventId);
  if (before !== undefined && before.pushed_revision > inventory.revision) return;
  const pricedBefore = before && (await readPriced(trx, eventId));
  await applyLayout(trx, eventId, inventory, before);
  await upsertEvent(trx, eventId, inventory);
  await replacePrices(trx, eventId, inventory.prices);
  await applyPools(trx, eventId, inventory.pools);
  const { layout, ...facts } = inventory;
  await audit(trx, {
    actor: 'catalog-service',
    action: 'inventory.push',
    subject: `event:${eventId}`,
    before: before && { ...before, ...pricedBefore },
    after: { ...facts, layout: layout && { layoutId: layout.layoutId, version: layout.version } },
    requestId,
  });
}

async function applyLayout(
  trx: Transaction<TicketTables>,
  eventId: string,
  { layout }: Inventory,
  before: { layout_id: string | null; layout_version: number | null } | undefined,
): Promise<void> {
  if (layout !== null) {
    const hash = createHash('sha256').update(JSON.stringify(layout.seats)).digest('base64url');
    if ((await keepLayout(trx, layout, hash)) !== hash) throw new Problem('inventory-conflict');
  }
  const isSame =
    before !== undefined &&
    before.layout_id === (layout?.layoutId ?? null) &&
    before.layout_version === (layout?.version ?? null);
  if (isSame) return;
  if ((await lockSeatsInUse(trx, eventId)) > 0) throw new Problem('inventory-conflict');
  await replaceSeats(trx, eventId, layout?.seats ?? []);
}

async function applyPools(
  trx: Transaction<TicketTables>,
  eventId: string,
  pools: Inventory['pools'],
): Promise<void> {
  const taken = await lockPools(trx, eventId);
  const quantities = new Map(pools.map((pool) => [pool.ticketTypeId, pool.quantity]));
  for (const [ticketTypeId, count] of taken)
    if (count > (quantities.get(ticketTypeId) ?? 0)) throw new Problem('inventory-conflict');
  await replacePools(trx, eventId, pools);
}
