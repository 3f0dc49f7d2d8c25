import { randomBytes } from 'node:crypto';
import type { AnswerOf } from '@urr/contracts/route-contract.ts';
import type { ProblemCode } from '@urr/contracts/problem-table.ts';
import type { startPayment as contract } from '@urr/contracts/payment.ts';
import type { PayableReservation } from '@urr/contracts/ticket-internal.ts';
import type { Language } from '@urr/platform/language.ts';
import { Problem } from '@urr/platform/problem.ts';
import type { Deps } from '../deps.ts';
import { uuidv7 } from '@urr/platform/uuidv7.ts';
import { type Attempt, orderIdOf } from './attempt.ts';
import { checkoutUrlOf, returnUrls } from './checkout-url.ts';

type StartDeps = Pick<Deps, 'attempts' | 'tickets' | 'settings'>;
type Opened = AnswerOf<typeof contract>;

export interface StartCommand {
  readonly accountId: string;
  readonly reservationId: string;
  readonly acceptEqualSeats: boolean | undefined;
  /** Of the order's name in the provider's window and in mails. */
  readonly language: Language;
}

/** Won; the provider takes no less by card (by account 200, which it refuses itself). */
const minimumAmount = 100;

/** Pins the hold and writes the attempt before a payment window opens. A repeat answers the same open attempt. */
export async function startPayment(deps: StartDeps, command: StartCommand): Promise<Opened> {
  const reservation = await pin(deps, command);
  if (reservation.amount < minimumAmount) {
    throw new Problem('amount-not-payable', { data: { minimum: minimumAmount } });
  }
  const { attempt, customerKey } = await createOrFind(deps, command, reservation);
  return opened(deps, attempt, customerKey);
}

async function pin(deps: StartDeps, command: StartCommand): Promise<PayableReservation> {
  const answer = await deps.tickets.pin(command.reservationId, command.accountId);
  if (answer.kind === 'refused') throw await refusalOf(deps, command, answer.code);
  if (answer.kind === 'unknown') throw new Problem('upstream-unavailable', { retryAfter: 2 });
  const reservation = answer.value;
  if (reservation.accountId !== command.accountId) throw new Problem('reservation-not-found');
  if (reservation.state === 'confirmed') throw new Problem('already-paid');
  if (reservation.state !== 'pending') throw new Problem('reservation-over');
  return reservation;
}

// A hold is over too once it is paid, or while its payment is being checked: say which.
async function refusalOf(deps: StartDeps, command: StartCommand, code: ProblemCode): Promise<Problem> {
  const open = code === 'reservation-over' ? await deps.attempts.findOpen(command.reservationId) : undefined;
  if (open === undefined || open.accountId !== command.accountId || open.state === 'created') {
    return new Problem(code);
  }
  return paidOrPaying(open);
}

function paidOrPaying(open: Attempt): Problem {
  if (open.state === 'fulfilled') return new Problem('already-paid');
  return new Problem('payment-in-progress', { retryAfter: 5, data: { paymentId: open.id } });
}

async function createOrFind(deps: StartDeps, command: StartCommand, reservation: PayableReservation) {
  const id = uuidv7();
  const fresh = randomBytes(24).toString('base64url');
  const created = await deps.attempts.create(
    {
      id,
      orderId: orderIdOf(id),
      reservationId: reservation.reservationId,
      eventId: reservation.eventId,
      accountId: command.accountId,
      amount: reservation.amount,
      orderName: reservation.orderName[command.language],
      acceptEqualSeats: command.acceptEqualSeats ?? false,
      holdExpiresAt: reservation.expiresAt,
      customerKey: fresh,
    },
    { holdLeftMs: deps.settings.holdLeftToStartMs, windowMs: deps.settings.paymentWindowMs },
  );
  if (created !== undefined) return { attempt: created, customerKey: created.customerKey };
  const attempt = await findOpenAttempt(deps, command);
  return { attempt, customerKey: await deps.attempts.customerKey(command.accountId, fresh) };
}

async function findOpenAttempt(deps: StartDeps, command: StartCommand): Promise<Attempt> {
  const open = await deps.attempts.findOpen(command.reservationId);
  // Nothing was in the way, so it was the hold: too little of it is left.
  if (open === undefined) throw new Problem('reservation-over');
  if (open.accountId !== command.accountId) throw new Problem('reservation-not-found');
  if (open.state !== 'created') throw paidOrPaying(open);
  const accepts = command.acceptEqualSeats;
  if (accepts === undefined || accepts === open.acceptEqualSeats) return open;
  return (await deps.attempts.acceptEqualSeats(open.id, accepts)) ?? open;
}

function opened(deps: StartDeps, attempt: Attempt, customerKey: string): Opened {
  const { clientKey, checkoutUrl, returnBaseUrl } = deps.settings;
  const { orderId, orderName, amount } = attempt;
  const page = {
    clientKey,
    customerKey,
    orderId,
    orderName,
    amount,
    ...returnUrls(returnBaseUrl, attempt.id),
  };
  return {
    ...page,
    paymentId: attempt.id,
    holdExpiresAt: attempt.holdExpiresAt.toISOString(),
    ...(checkoutUrl === undefined ? {} : { checkoutUrl: checkoutUrlOf(checkoutUrl, page) }),
  };
}
