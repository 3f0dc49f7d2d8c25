import { checkoutMeasured } from '@urr/contracts/domain-events.ts';
import { inTransaction } from '@urr/platform/database.ts';
import { announce } from '@urr/platform/outbox.ts';
import type { Kysely } from 'kysely';
import type { PaymentTables } from '../tables.ts';
import type { CheckoutMeter } from './checkout-meter.ts';

/** Announces what the meter collected. */
export async function publishMeasurements(
  db: Kysely<PaymentTables>,
  meter: CheckoutMeter,
  windowSeconds: number,
): Promise<number> {
  const measurements = meter.drain();
  if (measurements.length === 0) return 0;
  await inTransaction(db, async (transaction) => {
    for (const measured of measurements) {
      await announce(transaction, checkoutMeasured, measured.eventId, { ...measured, windowSeconds });
    }
  });
  return measurements.length;
}
