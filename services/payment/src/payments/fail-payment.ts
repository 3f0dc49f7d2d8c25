import { Problem } from '@urr/platform/problem.ts';
import type { Deps } from '../deps.ts';
import type { Attempt } from './attempt.ts';

export interface FailCommand {
  readonly accountId: string;
  readonly paymentId: string | undefined;
  readonly orderId: string | undefined;
  readonly code: string;
  readonly message: string | undefined;
}

/**
 * The buyer came back by the fail URL. Only an attempt that never asked for money ends here: the buyer's word cannot end
 * one whose outcome the provider knows.
 */
export async function failPayment(
  deps: Pick<Deps, 'attempts' | 'wakeRelay'>,
  command: FailCommand,
): Promise<Attempt> {
  const attempt = await findOwn(deps, command);
  if (attempt.state !== 'created') return attempt;
  const failed = await deps.attempts.fail({
    id: attempt.id,
    from: ['created'],
    code: command.code,
    message: command.message ?? '',
    byProvider: false,
    by: command.accountId,
  });
  deps.wakeRelay();
  return failed ?? (await deps.attempts.findById(attempt.id)) ?? attempt;
}

async function findOwn(deps: Pick<Deps, 'attempts'>, command: FailCommand): Promise<Attempt> {
  const { paymentId, orderId } = command;
  const attempt =
    paymentId === undefined
      ? await deps.attempts.findByOrder(orderId ?? '')
      : await deps.attempts.findById(paymentId);
  const isOther = orderId !== undefined && attempt?.orderId !== orderId;
  if (attempt === undefined || isOther || attempt.accountId !== command.accountId) {
    throw new Problem('payment-not-found');
  }
  return attempt;
}
