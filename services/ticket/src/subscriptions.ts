import {
  type DomainEventData,
  type DomainEventEnvelope,
  paymentCaptured,
  paymentRefunded,
  refundRejected,
  slotReleased,
} from '@urr/contracts/domain-events.ts';
import { inTransaction } from '@urr/platform/database.ts';
import { deadLetterBox } from '@urr/platform/dead-letters.ts';
import { digestTogether } from '@urr/platform/digest-together.ts';
import { firstTime, firstTimes } from '@urr/platform/inbox.ts';
import type { Transaction } from 'kysely';
import type { Deps } from './deps.ts';
import { endReleasedSlots } from './entry/ended-slots.ts';
import { confirmCaptured } from './reservations/confirm-reservation.ts';
import { reopenTickets } from './returns/reopen-tickets.ts';
import { returnTickets } from './returns/return-tickets.ts';
import type { TicketTables } from './tables.ts';

const consumer = 'ticket-service';
type Work = (trx: Transaction<TicketTables>) => Promise<unknown>;
/** Reads what is needed before the transaction; answers what is done in it, or undefined where all is done already. */
type Act = (data: unknown) => Work | Promise<Work | undefined>;

/** Hears what became of payments, the safe path beside payment-service's own calls, and which slots were given back. */
export function subscribe(deps: Deps): void {
  const acts: Readonly<Record<string, Act>> = {
    [paymentCaptured.type]: (data) => confirmCaptured(deps, data as DomainEventData<typeof paymentCaptured>),
    [paymentRefunded.type]: (data) => (trx) =>
      returnTickets(trx, data as DomainEventData<typeof paymentRefunded>),
    [refundRejected.type]: (data) => (trx) =>
      reopenTickets(trx, data as DomainEventData<typeof refundRejected>),
  };
  const deadLetters = deadLetterBox(deps.db, consumer);
  const handle = (envelope: DomainEventEnvelope) => digest(deps, envelope, acts[envelope.type]);
  deps.bus.subscribe({ consumer, topic: 'payment-events', handle, deadLetters });
  const endSlots = digestTogether((envelopes) => digestReleased(deps, envelopes));
  deps.bus.subscribe({
    consumer,
    topic: slotReleased.topic,
    handle: async (envelope) => {
      if (envelope.type === slotReleased.type) await endSlots(envelope);
    },
    deadLetters,
  });
}

function digestReleased({ db }: Deps, envelopes: readonly DomainEventEnvelope[]): Promise<void> {
  return inTransaction(db, async (trx) => {
    const fresh = await firstTimes(trx, consumer, envelopes);
    await endReleasedSlots(
      trx,
      fresh.map(({ data }) => data as DomainEventData<typeof slotReleased>),
    );
  });
}

async function digest(deps: Deps, envelope: DomainEventEnvelope, act: Act | undefined): Promise<void> {
  if (act === undefined) return;
  const work = await act(envelope.data);
  if (work === undefined) return;
  await inTransaction(deps.db, async (trx) => {
    if (await firstTime(trx, consumer, envelope.id)) await work(trx);
  });
  deps.wakeRelay();
  if (envelope.type === paymentRefunded.type) {
    const { eventId } = envelope.data as DomainEventData<typeof paymentRefunded>;
    deps.live.tell(eventId);
    await deps.live.refresh(eventId);
  }
}
