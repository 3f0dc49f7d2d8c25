import type { Situation } from './situation.ts';

/** Which bookings a list shows. */
export const bookingFilters = ['all', 'open', 'paid', 'ended'] as const;
export type BookingFilter = (typeof bookingFilters)[number];

/** Whether a booking is shown under a filter. */
export function isShown({ kind }: Situation, filter: BookingFilter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'open':
      return kind === 'held' || kind === 'checking';
    case 'paid':
      return kind === 'paid';
    case 'ended':
      return kind !== 'held' && kind !== 'checking' && kind !== 'paid';
  }
}

/** The word for a booking in a list, and how it looks. */
export function badgeOf(situation: Situation): {
  readonly word: Situation['kind'] | 'paying' | 'partly-returned' | 'money-coming';
  readonly tone: 'neutral' | 'accent' | 'good' | 'warn' | 'bad';
} {
  const { kind, payment } = situation;
  switch (kind) {
    case 'held':
      return payment?.state === 'open'
        ? { word: 'paying', tone: 'accent' }
        : { word: 'held', tone: 'accent' };
    case 'checking':
      return { word: 'checking', tone: 'warn' };
    case 'paid':
      return (payment?.refundedAmount ?? 0) > 0
        ? { word: 'partly-returned', tone: 'good' }
        : { word: 'paid', tone: 'good' };
    case 'money-back':
      return payment.state === 'refunded'
        ? { word: 'money-back', tone: 'neutral' }
        : { word: 'money-coming', tone: 'warn' };
    case 'returned':
    case 'replaced':
    case 'expired':
    case 'cancelled':
      return { word: kind, tone: 'neutral' };
  }
}
