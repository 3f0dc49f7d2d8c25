import type { Language } from '@urr/platform/language.ts';
import type { Booking, CancelledTold, RefundTold } from './letters/booking-letters.ts';

/** What a mail tells, as it is kept until it is sent. No secret is among it. */
export type MailContent =
  | { readonly template: 'welcome'; readonly data: Readonly<Record<string, never>> }
  /** Whether there is an account, and which letter it gets, is looked up when it is sent. */
  | { readonly template: 'password-reset'; readonly data: Readonly<Record<string, never>> }
  | { readonly template: 'password-changed'; readonly data: { readonly changedAt: string } }
  | { readonly template: 'tickets-booked'; readonly data: Booking }
  | { readonly template: 'refund-done'; readonly data: RefundTold }
  | { readonly template: 'event-cancelled'; readonly data: CancelledTold };

/** A mail that is owed, claimed for one attempt. */
export type OwedMail = MailContent & {
  readonly mailId: string;
  readonly recipient: string;
  readonly language: Language | null;
  readonly createdAt: Date;
  /** This attempt included. */
  readonly attempts: number;
  /** It is of no use to anybody any more. */
  readonly isTooLate: boolean;
};
