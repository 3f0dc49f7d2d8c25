import type { TicketState } from '../tables.ts';

/** What a request to return tickets comes to. */
export type ReturnVerdict = 'lock' | 'ticket-not-returnable' | 'return-too-late';

/** Decides a return of tickets in these states. */
export function judgeReturn(states: readonly TicketState[], isTooLate: boolean): ReturnVerdict {
  const areReturnable = states.length > 0 && states.every((state) => state === 'valid');
  if (!areReturnable) return 'ticket-not-returnable';
  return isTooLate ? 'return-too-late' : 'lock';
}
