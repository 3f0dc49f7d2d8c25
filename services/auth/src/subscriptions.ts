import {
  type DomainEventData,
  type DomainEventEnvelope,
  paymentRefunded,
  refundOrdered,
  reservationConfirmed,
} from '@urr/contracts/domain-events.ts';
import { inTransaction } from '@urr/platform/database.ts';
import { deadLetterBox } from '@urr/platform/dead-letters.ts';
import { digestTogether } from '@urr/platform/digest-together.ts';
import type { EventBus } from '@urr/platform/event-bus.ts';
import { firstTimes } from '@urr/platform/inbox.ts';
import type { Kysely } from 'kysely';
import type { MailContent } from './mail/mail-content.ts';
import { type MailToOwe, oweMails } from './mail/store.ts';
import type { AuthTables } from './tables.ts';

/** Name this service consumes events under. */
const consumer = 'auth-service';
/** What is older is no news: a consumer that joins late begins with the oldest event Kafka still has. Milliseconds. */
const newsMs = 24 * 3_600_000;

/** Hears of what people are told by mail: this service alone knows their addresses. */
export function subscribe(db: Kysely<AuthTables>, bus: EventBus): void {
  const deadLetters = deadLetterBox(db, consumer);
  const owe = digestTogether((envelopes) =>
    inTransaction(db, async (transaction) => {
      const fresh = await firstTimes(transaction, consumer, envelopes);
      await oweMails(
        transaction,
        fresh.flatMap((envelope) => mailOf(envelope) ?? []),
      );
    }),
  );
  const handle = async (envelope: DomainEventEnvelope) => {
    if (mailOf(envelope) !== undefined && Date.now() - Date.parse(envelope.time) <= newsMs)
      await owe(envelope);
  };
  for (const topic of [reservationConfirmed.topic, paymentRefunded.topic])
    bus.subscribe({ consumer, topic, handle, deadLetters });
}

function mailOf(envelope: DomainEventEnvelope): MailToOwe | undefined {
  switch (envelope.type) {
    case reservationConfirmed.type:
      return booked(envelope.data as DomainEventData<typeof reservationConfirmed>);
    case paymentRefunded.type:
      return refunded(envelope.data as DomainEventData<typeof paymentRefunded>);
    case refundOrdered.type:
      return cancelled(envelope.data as DomainEventData<typeof refundOrdered>);
    default:
      return undefined;
  }
}

function booked(data: DomainEventData<typeof reservationConfirmed>) {
  const { accountId, reservationId, amount, ticketIds, show, seats, places } = data;
  const content: MailContent = {
    template: 'tickets-booked',
    data: { reservationId, amount, quantity: ticketIds.length, show, seats, places },
  };
  return { accountId, content };
}

function refunded(data: DomainEventData<typeof paymentRefunded>) {
  const { accountId, reservationId, amount, ticketIds, orderName } = data;
  const content: MailContent = {
    template: 'refund-done',
    data: { reservationId, amount, ticketCount: ticketIds.length, orderName },
  };
  return { accountId, content };
}

function cancelled(data: DomainEventData<typeof refundOrdered>) {
  const { accountId, reservationId, amount, title } = data;
  const content: MailContent = {
    template: 'event-cancelled',
    data: { reservationId, amount, title },
  };
  return { accountId, content };
}
