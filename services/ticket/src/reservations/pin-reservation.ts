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
  /** Why it is asked for; the start of a payment when absent. */
  readonly reason?: 'outcome-unknown';
}

/**
 * Extends a hold. A repeat answers the same expiry; what is paid stays paid.
 *
 *   held ── payment starts ─▶ pinned ── outcome unknown ─▶ kept ─▶ sold, or free by its end
 *
 * Invariant: each extension happens once, and only to a hold that runs and is whole; none shortens it. So a hold ends at most
 * HOLD_SECONDS + PIN_SECONDS + KEEP_SECONDS after it was made, whatever payment-service asks for.
 */
export async function pinReservation(deps: Pick<Deps, 'db' | 'live' | 'config'>, command: Pin) {
  const held = await inTransaction(deps.db, (trx) => pin(trx, command, extensionOf(deps.config, command)));
  const live = await deps.live.open(held.eventId);
  return { ...held, orderName: orderNames(live?.sale.title, held.quantity) };
}

type Extension = Parameters<typeof extendHold>[2];

function extensionOf(config: Deps['config'], { reason }: Pin): Extension {
  return reason === 'outcome-unknown'
    ? { notedIn: 'kept_at', seconds: config.KEEP_SECONDS }
    : { notedIn: 'pinned_at', seconds: config.PIN_SECONDS };
}

async function pin(
  trx: Transaction<TicketTables>,
  command: Pin,
  extension: Extension,
): Promise<Omit<PayableReservation, 'orderName'> & { quantity: number }> {
  const held = await lockHeld(trx, command);
  if (held === undefined) throw new Problem('reservation-not-found');
  if (held.isSaleCancelled) throw new Problem('sale-cancelled');
  const isHeld = held.state === 'pending' && !held.isOver && held.isWhole;
  if (!isHeld && held.state !== 'confirmed') throw new Problem('reservation-over');
  const isFirst = isHeld && held[extension.notedIn] === null;
  const expiresAt = isFirst ? await extendHold(trx, held, extension) : held.held_until;
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
