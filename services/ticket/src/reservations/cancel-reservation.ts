import { reservationEnded } from '@urr/contracts/domain-events.ts';
import type { Reservation } from '@urr/contracts/ticket.ts';
import { audit } from '@urr/platform/audit.ts';
import { inTransaction } from '@urr/platform/database.ts';
import { announce } from '@urr/platform/outbox.ts';
import { Problem } from '@urr/platform/problem.ts';
import type { Transaction } from 'kysely';
import type { Deps } from '../deps.ts';
import type { TicketTables } from '../tables.ts';
import { judgeCancellation } from './reservation.ts';
import { judgeHeld, lockReservation, markEnded, readReservation, releaseHold } from './store.ts';
import { type ReservationRow, view } from './view.ts';

interface Cancellation {
  readonly reservationId: string;
  readonly accountId: string;
  readonly requestId: string;
}

/** Gives a hold back before it is paid. Repeating it changes nothing. */
export async function cancelReservation(
  deps: Pick<Deps, 'db' | 'live' | 'config' | 'wakeRelay'>,
  command: Cancellation,
): Promise<Reservation> {
  const freed = await inTransaction(deps.db, (trx) => cancel(trx, command));
  if (freed !== undefined) {
    deps.wakeRelay();
    deps.live.peek(freed.eventId)?.seeFreed(freed.seatIds, freed.changedIn);
    deps.live.tell(freed.eventId);
  }
  const row = await readReservation(deps.db, command.reservationId);
  if (row === undefined) throw new Problem('reservation-not-found');
  return view(deps, row);
}

interface Freed {
  readonly eventId: string;
  readonly seatIds: readonly number[];
  readonly changedIn: number;
}

async function cancel(trx: Transaction<TicketTables>, command: Cancellation): Promise<Freed | undefined> {
  const row = await lockReservation(trx, command.reservationId);
  if (row === undefined || row.account_id !== command.accountId) throw new Problem('reservation-not-found');
  const { isOver, changedIn } = await judgeHeld(trx, row);
  const verdict = judgeCancellation(row.state, isOver);
  if (verdict === 'already-cancelled') return undefined;
  if (verdict !== 'cancel') throw new Problem(verdict);
  const seatIds = await releaseHold(trx, row);
  await markEnded(trx, row.reservation_id, 'cancelled');
  await tell(trx, row, command);
  return { eventId: row.event_id, seatIds, changedIn };
}

async function tell(
  trx: Transaction<TicketTables>,
  row: ReservationRow,
  command: Cancellation,
): Promise<void> {
  await announce(trx, reservationEnded, row.reservation_id, {
    reservationId: row.reservation_id,
    eventId: row.event_id,
    accountId: row.account_id,
    reason: 'cancelled',
  });
  await audit(trx, {
    actor: command.accountId,
    action: 'reservation.cancel',
    subject: `reservation:${row.reservation_id}`,
    before: { state: row.state },
    after: { state: 'cancelled' },
    requestId: command.requestId,
  });
}
