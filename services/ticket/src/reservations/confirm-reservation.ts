import { reservationConfirmed, reservationEnded, reservationLost } from '@urr/contracts/domain-events.ts';
import type { Fulfilment } from '@urr/contracts/ticket-internal.ts';
import { inTransaction } from '@urr/platform/database.ts';
import { announce } from '@urr/platform/outbox.ts';
import { Problem } from '@urr/platform/problem.ts';
import type { Transaction } from 'kysely';
import type { Deps } from '../deps.ts';
import { endSlotOf } from '../entry/ended-slots.ts';
import type { LiveSale } from '../live/live-sale.ts';
import type { StoreClock } from '../live/store-clock.ts';
import type { TicketTables } from '../tables.ts';
import { equalSeatChoices } from './equal-seats.ts';
import { issueTickets } from './issue-tickets.ts';
import { type Sold, sellEqualSeats, sellSamePlaces } from './replacement.ts';
import {
  type HeldRow,
  insertFulfilment,
  lockHeld,
  mayBuyLate,
  readFulfilment,
  sellHeld,
} from './fulfilment-store.ts';
import { markEnded, releaseHold } from './store.ts';
import { toldToBuyer } from './told-to-buyer.ts';

/** Money was taken for a reservation. */
export interface Confirmation {
  readonly reservationId: string;
  readonly eventId: string;
  readonly paymentId: string;
  readonly accountId: string;
  /** Won. */
  readonly amount: number;
  readonly acceptEqualSeats: boolean;
}

/** A confirmation and its event, opened before the transaction: inside it nothing waits for a second connection. */
interface Confirming extends Confirmation {
  readonly live: LiveSale | undefined;
  readonly clock: StoreClock;
}
type Known = Confirming & { readonly live: LiveSale };

/** Issues the tickets of a paid reservation, or finds that its places are lost. The first outcome of a payment stands. */
export async function confirmReservation(
  deps: Pick<Deps, 'db' | 'live' | 'wakeRelay'>,
  command: Confirmation,
): Promise<Fulfilment> {
  const confirming = await open(deps, command);
  const fulfilment = await inTransaction(deps.db, (trx) => confirmIn(trx, confirming));
  deps.wakeRelay();
  return fulfilment;
}

/**
 * The same, told by an event; answers what is to be done in its transaction, undefined when the payment has had its
 * outcome, as it mostly has by payment-service's own call. Nobody reads a refusal here, so money for what cannot be
 * confirmed is announced as lost: payment-service gives it back.
 */
export async function confirmCaptured(
  deps: Pick<Deps, 'db' | 'live'>,
  command: Confirmation,
): Promise<((trx: Transaction<TicketTables>) => Promise<void>) | undefined> {
  if ((await readFulfilment(deps.db, command.paymentId)) !== undefined) return undefined;
  const confirming = await open(deps, command);
  return async (trx) => {
    try {
      await confirmIn(trx, confirming);
    } catch (error) {
      // Both are thrown before anything was written.
      if (!(error instanceof Problem)) throw error;
      const { reservationId, eventId, accountId, paymentId } = command;
      await announce(trx, reservationLost, reservationId, { reservationId, eventId, accountId, paymentId });
    }
  };
}

async function open({ live }: Pick<Deps, 'live'>, command: Confirmation): Promise<Confirming> {
  return { ...command, live: await live.open(command.eventId), clock: live.clock };
}

async function confirmIn(trx: Transaction<TicketTables>, confirming: Confirming): Promise<Fulfilment> {
  const held = await lockHeld(trx, confirming);
  const { live } = confirming;
  if (live === undefined || held?.event_id !== live.sale.eventId) throw new Problem('reservation-not-found');
  // After the lock, so that a twin of this call has either not begun or has committed.
  const earlier = await readFulfilment(trx, confirming.paymentId);
  if (earlier !== undefined) return fulfilmentOf(earlier);
  if (held.amount !== confirming.amount) throw new Problem('amount-mismatch');
  const known = { ...confirming, live };
  const sold = await sell(trx, held, known);
  return sold === undefined ? lose(trx, held, confirming) : issue(trx, held, known, sold);
}

/** Sells a hold's places, or others in their stead; undefined when the money must go back. */
async function sell(trx: Transaction<TicketTables>, held: HeldRow, known: Known): Promise<Sold | undefined> {
  // A second payment buys nothing more, and what its buyer has cancelled stays cancelled.
  if (held.state === 'confirmed' || held.state === 'cancelled') return undefined;
  if (held.isSaleCancelled) return end(trx, held);
  // A hold that runs is counted in its account's limit; one that has ended is not.
  const mayBuy = (held.state === 'pending' && !held.isOver) || (await mayBuyLate(trx, held));
  if (mayBuy && held.isWhole) {
    await sellHeld(trx, held);
    return { reservationId: held.reservation_id, items: held.items };
  }
  await end(trx, held);
  if (!mayBuy) return undefined;
  return (await sellSamePlaces(trx, held)) ?? (await sellEqual(trx, held, known));
}

function fulfilmentOf(row: {
  outcome: 'issued' | 'lost';
  ticket_ids: string[];
  replaced: boolean;
}): Fulfilment {
  if (row.outcome === 'lost') return { outcome: 'lost' };
  return { outcome: 'issued', ticketIds: row.ticket_ids, replaced: row.replaced };
}

async function sellEqual(
  trx: Transaction<TicketTables>,
  held: HeldRow,
  { acceptEqualSeats, live, clock }: Known,
): Promise<Sold | undefined> {
  if (!acceptEqualSeats) return undefined;
  for (const items of equalSeatChoices(live, held.items, clock.nowMs())) {
    const replacement = await sellEqualSeats(trx, held, items);
    if (replacement !== undefined) return replacement;
  }
  return undefined;
}

// A hold that is gone has ended, whether or not a sweeper has passed; one of a cancelled event ends now.
async function end(trx: Transaction<TicketTables>, held: HeldRow): Promise<undefined> {
  if (held.state !== 'pending') return;
  await releaseHold(trx, held);
  const reason = held.isOver ? 'expired' : 'cancelled';
  await markEnded(trx, held.reservation_id, reason);
  await announce(trx, reservationEnded, held.reservation_id, { ...factsOf(held), reason });
}

async function issue(
  trx: Transaction<TicketTables>,
  held: HeldRow,
  { paymentId, live }: Known,
  sold: Sold,
): Promise<Fulfilment> {
  const { event_id: eventId, account_id: accountId } = held;
  await endSlotOf(trx, held);
  const ticketIds = await issueTickets(trx, { ...sold, paymentId, eventId, accountId });
  const replaced = sold.reservationId !== held.reservation_id;
  await insertFulfilment(trx, {
    payment_id: paymentId,
    reservation_id: held.reservation_id,
    outcome: 'issued',
    issued_for: sold.reservationId,
    replaced,
    ticket_ids: ticketIds,
    amount: held.amount,
  });
  await announce(trx, reservationConfirmed, sold.reservationId, {
    reservationId: sold.reservationId,
    eventId,
    accountId,
    paymentId,
    amount: held.amount,
    seatIds: sold.items.flatMap((item) => ('seatId' in item ? [item.seatId] : [])),
    grades: sold.items.flatMap((item) =>
      Array.from({ length: 'quantity' in item ? item.quantity : 1 }, () => item.grade),
    ),
    ticketIds,
    ...(held.slot_id === null ? {} : { slotId: held.slot_id }),
    ...toldToBuyer(live.sale, sold.items),
  });
  return { outcome: 'issued', ticketIds, replaced };
}

async function lose(
  trx: Transaction<TicketTables>,
  held: HeldRow,
  { paymentId, reservationId }: Confirmation,
): Promise<Fulfilment> {
  await insertFulfilment(trx, {
    payment_id: paymentId,
    reservation_id: reservationId,
    outcome: 'lost',
    issued_for: null,
    replaced: false,
    ticket_ids: [],
    amount: held.amount,
  });
  await announce(trx, reservationLost, reservationId, { ...factsOf(held), paymentId });
  return { outcome: 'lost' };
}

function factsOf(held: HeldRow) {
  return { reservationId: held.reservation_id, eventId: held.event_id, accountId: held.account_id };
}
