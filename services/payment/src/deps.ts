import type { Logger } from '@urr/platform/logger.ts';
import type { Background } from './background.ts';
import type { Attempt } from './payments/attempt.ts';
import type { AttemptStore } from './payments/store.ts';
import type { LateMoney, RefundStore } from './refunds/store.ts';
import type { Tickets } from './tickets.ts';
import type { Provider } from './toss/provider.ts';

/** Times and addresses the use-cases work with. Milliseconds. */
export interface Settings {
  readonly clientKey: string;
  readonly checkoutUrl: string | undefined;
  readonly returnBaseUrl: string;
  readonly answerDeadlineMs: number;
  readonly holdLeftToStartMs: number;
  readonly holdLeftToConfirmMs: number;
  readonly confirmWindowMs: number;
  readonly paymentWindowMs: number;
  readonly reconcileAfterMs: number;
  readonly backoffMaxMs: number;
  readonly leaseMs: number;
  readonly cancelSpacingMs: number;
}

/** What the service counts about itself. */
export interface Counters {
  /** One confirm call: how long it took, and whether provider or line failed (a declined card is no fault). */
  confirmed(eventId: string, durationMs: number, isFault: boolean): void;
  /** Money taken and not delivered: 0 in a healthy run. */
  lostHold(): void;
  /** Tickets exist for money that went back: must never be. */
  ticketWithoutPayment(): void;
}

/** Everything use-cases are made of; each takes what it needs. */
export interface Deps {
  readonly attempts: AttemptStore;
  readonly refunds: RefundStore;
  readonly provider: Provider;
  readonly tickets: Tickets;
  readonly background: Background;
  readonly counters: Counters;
  readonly settings: Settings;
  readonly logger: Logger;
  /** Gives all money of a payment back: its hold was lost, or `late` money was found on an attempt that had ended. */
  readonly returnMoney: (attempt: Attempt, late?: LateMoney) => Promise<Attempt>;
  /** Tells the outbox relay that something was announced. */
  readonly wakeRelay: () => void;
}
