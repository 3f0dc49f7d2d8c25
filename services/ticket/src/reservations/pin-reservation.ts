import type { Bilingual } from '@urr/contracts/primitives.ts';
import type { PayableReservation } from '@urr/contracts/ticket-internal.ts';
import { inTransaction } from '@urr/platform/database.ts';
import { Problem } from '@urr/platform/problem.ts';
import type { Transaction } from 'kysely';
import type { Deps } from '../deps.ts';
import { shownState } from './reservation.ts';
import type { TicketTables } from '../tables.ts';
import { extendHold, lockHeld } from './fulfilment-store.ts';

interface Pin {
  readonly reservationId: string;
  readonly accountId: string;
}

/** Extends a hold for the provider's payment window, once; a repeat answers the same expiry. What is paid stays paid. */
export async function pinReservation(deps: Pick<Deps, 'db' | 'live' | 'config'>, command: Pin) {
  const held = await inTransaction(deps.db, (trx) => pin(trx, command, deps.config.PIN_SECONDS));
  const live = await deps.live.open(held.eventId);
  return { ...held, orderName: orderNames(live?.sale.title, held.quantity) };
}

async function pin(
  trx: Transaction<TicketTables>,
  command: Pin,
  pinSeconds: number,
): Promise<Omit<PayableReservation, 'orderName'> & { quantity: number }> {
  const held = await lockHeld(trx, command);
  if (held === undefined) throw new Problem('reservation-not-found');
  if (held.isSaleCancelled) throw new Problem('sale-cancelled');
  const isHeld = held.state === 'pending' && !held.isOver && held.isWhole;
  if (!isHeld && held.state !== 'confirmed') throw new Problem('reservation-over');
  const isFirst = isHeld && held.pinned_at === null;
  const expiresAt = isFirst ? await extendHold(trx, held, pinSeconds) : held.held_until;
  return {
    reservationId: held.reservation_id,
    eventId: held.event_id,
    accountId: held.account_id,
    state: shownState(held.state, false),
    amount: held.amount,
    expiresAt: expiresAt.toISOString(),
    quantity: held.quantity,
  };
}

/** What the buyer reads in the payment window. */
function orderNames(title: Bilingual | undefined, quantity: number): PayableReservation['orderName'] {
  return {
    ko: withCount(title?.ko ?? '티켓', ` ${quantity}매`),
    en: withCount(title?.en ?? 'Tickets', ` × ${quantity}`),
  };
}

/** At most 100 characters, however long the title is: the provider takes no more. */
function withCount(title: string, count: string): string {
  return (
    Array.from(title)
      .slice(0, 100 - count.length)
      .join('') + count
  );
}
