import { randomBytes, randomInt } from 'node:crypto';
import { approve, type Change, newTransactionKey, type Payment } from './payment.ts';
import { ProviderError } from './provider-error.ts';

export const hourMs = 60 * 60 * 1000;
export const defaultValidHours = 168;

// Source: the provider's bank code table; either column is accepted in a request.
const bankCodes: ReadonlyMap<string, string> = new Map([
  ['경남', '39'],
  ['광주', '34'],
  ['국민', '06'],
  ['기업', '03'],
  ['농협', '11'],
  ['대구', '31'],
  ['부산', '32'],
  ['새마을', '45'],
  ['수협', '07'],
  ['신한', '88'],
  ['우리', '20'],
  ['우체국', '71'],
  ['전북', '37'],
  ['카카오뱅크', '90'],
  ['케이뱅크', '89'],
  ['토스뱅크', '92'],
  ['하나', '81'],
]);

export function bankCodeOf(bank: string): string {
  const code = bankCodes.get(bank) ?? [...bankCodes.values()].find((known) => known === bank);
  if (code === undefined) throw new ProviderError('INVALID_BANK');
  return code;
}

type AccountRequest = { bankCode: string; customerName: string; dueAt: number };

/** Gives the payment an account to wait for; test accounts start with an X and take no real deposit. */
export function issueAccount(payment: Payment, request: AccountRequest): Change {
  const digits = Array.from({ length: 13 }, () => randomInt(10)).join('');
  return {
    payment: {
      ...payment,
      status: 'WAITING_FOR_DEPOSIT',
      method: 'VIRTUAL_ACCOUNT',
      secret: `ps_${randomBytes(15).toString('base64url')}`,
      lastTransactionKey: newTransactionKey(),
      virtualAccount: { ...request, accountNumber: `X${digits}`, refundStatus: 'NONE' },
    },
  };
}

export function deposit(payment: Payment, now: number): Change {
  if (payment.status !== 'WAITING_FOR_DEPOSIT') {
    throw new ProviderError('INVALID_REQUEST', `a ${payment.status} payment takes no deposit`);
  }
  return approve(payment, now);
}

/** The bank reverses a deposit made in error: the payment goes back to waiting. */
export function takeBackDeposit(payment: Payment, now: number): Change {
  if (payment.virtualAccount === null || payment.status !== 'DONE') {
    throw new ProviderError('INVALID_REQUEST', 'only a deposit that is still whole can be taken back');
  }
  const transactionKey = newTransactionKey();
  return {
    depositTakenBack: true,
    payment: {
      ...payment,
      status: 'WAITING_FOR_DEPOSIT',
      approvedAt: null,
      lastTransactionKey: transactionKey,
    },
    movement: {
      transactionKey,
      paymentKey: payment.paymentKey,
      at: now,
      status: 'WAITING_FOR_DEPOSIT',
      amount: payment.totalAmount,
    },
  };
}
