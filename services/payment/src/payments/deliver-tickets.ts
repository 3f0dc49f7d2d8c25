import type { Deps } from '../deps.ts';
import type { Attempt } from './attempt.ts';

type DeliverDeps = Pick<Deps, 'attempts' | 'tickets' | 'returnMoney' | 'logger'>;

/**
 * The fast path from money to tickets. The safe one is the announced event: both lead ticket-service to the same
 * outcome, and what it says first stands.
 */
export async function deliverTickets(deps: DeliverDeps, attempt: Attempt): Promise<Attempt> {
  const { id: paymentId, reservationId, eventId, accountId, amount, acceptEqualSeats } = attempt;
  const answer = await deps.tickets.confirm({
    reservationId,
    paymentId,
    eventId,
    accountId,
    amount,
    acceptEqualSeats,
  });
  switch (answer.kind) {
    case 'issued':
      return markFulfilled(deps, attempt, answer.ticketIds);
    case 'lost':
      return deps.returnMoney(attempt);
    case 'unknown':
      return attempt;
  }
}

async function markFulfilled(
  deps: DeliverDeps,
  attempt: Attempt,
  ticketIds: readonly string[],
): Promise<Attempt> {
  const fulfilled = await deps.attempts.fulfil(attempt.id, ticketIds);
  return fulfilled ?? (await deps.attempts.findById(attempt.id)) ?? attempt;
}
