import type { TicketState } from '../tables.ts';

/** Which ticket state may follow which. */
export const ticketTransitions: Readonly<Record<TicketState, readonly TicketState[]>> = {
  valid: ['returning', 'used'],
  returning: ['returned', 'valid'],
  returned: [],
  // The provider gave the money back although the ticket was used: the refund is a fact.
  used: ['returned'],
};

/** What a request to return tickets comes to. */
export type ReturnVerdict = 'lock' | 'ticket-not-returnable' | 'return-too-late';

/** Decides a return of tickets in these states. */
export function judgeReturn(states: readonly TicketState[], isTooLate: boolean): ReturnVerdict {
  const areReturnable = states.length > 0 && states.every((state) => state === 'valid');
  if (!areReturnable) return 'ticket-not-returnable';
  return isTooLate ? 'return-too-late' : 'lock';
}
