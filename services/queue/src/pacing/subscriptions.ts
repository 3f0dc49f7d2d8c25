import {
  checkoutMeasured,
  type DomainEventData,
  reservationConfirmed,
} from '@urr/contracts/domain-events.ts';
import type { DomainEventEnvelope } from '@urr/contracts/domain-events.ts';
import { deadLetterBox } from '@urr/platform/dead-letters.ts';
import { digestTogether } from '@urr/platform/digest-together.ts';
import type { Deps } from '../deps.ts';
import { bearableNow, failureShareOf, nextBearableRate } from '../line/bearable-rate.ts';
import { consumer } from '../line/consumer.ts';

type SubscriberDeps = Pick<Deps, 'store' | 'db' | 'bus' | 'config' | 'wakeRelay'>;

/** Listens for buyers who are done and for checkout's health. */
export function subscribe(deps: SubscriberDeps): void {
  const deadLetters = deadLetterBox(deps.db, consumer);
  const release = digestTogether(
    (envelopes) => releaseBuyers(deps, envelopes),
    (envelope) => confirmedIn(envelope).eventId,
  );
  deps.bus.subscribe({
    consumer,
    topic: reservationConfirmed.topic,
    deadLetters,
    handle: async (envelope) => {
      if (envelope.type === reservationConfirmed.type) await release(envelope);
    },
  });
  deps.bus.subscribe({
    consumer,
    topic: checkoutMeasured.topic,
    deadLetters,
    handle: async (envelope) => {
      if (envelope.type === checkoutMeasured.type) await recordHealth(deps, envelope);
    },
  });
}

const confirmedIn = (envelope: DomainEventEnvelope) =>
  envelope.data as DomainEventData<typeof reservationConfirmed>;

/** Buyers of one sale. */
async function releaseBuyers(deps: SubscriberDeps, envelopes: readonly DomainEventEnvelope[]): Promise<void> {
  const [first] = envelopes;
  if (first === undefined) return;
  const releases = envelopes.map((envelope) => {
    const { accountId, slotId } = confirmedIn(envelope);
    return { messageId: envelope.id, accountId, slotId };
  });
  await deps.store.releaseSlots(confirmedIn(first).eventId, releases);
  deps.wakeRelay();
}

async function recordHealth({ store, config }: SubscriberDeps, envelope: DomainEventEnvelope): Promise<void> {
  const figures = envelope.data as DomainEventData<typeof checkoutMeasured>;
  await store.recordCheckout(envelope.id, figures.eventId, (sale) => {
    const { ratePerSecond } = sale;
    const current = bearableNow(sale.checkout, sale) ?? ratePerSecond;
    const rules = { ratePerSecond, p95TargetMs: config.QUEUE_CHECKOUT_P95_TARGET_MS };
    const bearableRate = nextBearableRate(current, figures, rules);
    // Nobody paid: it is as well as it was last.
    if (figures.confirmations + figures.failures === 0 && sale.checkout !== null)
      return { bearableRate, p95Ms: sale.checkout.p95Ms, failureShare: sale.checkout.failureShare };
    return { bearableRate, p95Ms: figures.p95Ms, failureShare: failureShareOf(figures) };
  });
}
