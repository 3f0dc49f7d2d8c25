import {
  type DomainEventData,
  type DomainEventEnvelope,
  paymentRefunded,
  refundOrdered,
  reservationConfirmed,
} from '@urr/contracts/domain-events.ts';
import { inTransaction } from '@urr/platform/database.ts';
import { deadLetterBox } from '@urr/platform/dead-letters.ts';
import type { EventBus } from '@urr/platform/event-bus.ts';
import { firstTime } from '@urr/platform/inbox.ts';
import type { Kysely } from 'kysely';
import type { MailContent } from './mail/mail-content.ts';
import { oweMail } from './mail/store.ts';
import type { AuthTables } from './tables.ts';

/** Name this service consumes events under. */
const consumer = 'auth-service';
/** What is older is no news: a consumer that joins late begins with the oldest event Kafka still has. Milliseconds. */
const newsMs = 24 * 3_600_000;

/** Hears of what people are told by mail: this service alone knows their addresses. */
export function subscribe(db: Kysely<AuthTables>, bus: EventBus): void {
  const deadLetters = deadLetterBox(db, consumer);
  const handle = async (envelope: DomainEventEnvelope) => {
    if (Date.now() - Date.parse(envelope.time) > newsMs) return;
    const told = contentOf(envelope);
    if (told === undefined) return;
    await inTransaction(db, async (transaction) => {
      if (await firstTime(transaction, consumer, envelope.id))
        await oweMail(transaction, [told.accountId], told.content);
    });
  };
  for (const topic of [reservationConfirmed.topic, paymentRefunded.topic])
    bus.subscribe({ consumer, topic, handle, deadLetters });
}

function contentOf(
  envelope: DomainEventEnvelope,
): { readonly accountId: string; readonly content: MailContent } | undefined {
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
