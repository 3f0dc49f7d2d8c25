import type pg from 'pg';
import { type Finding, findingOf, findViolations } from './finding.ts';

/** Answers one key got, as its sender remembers them. */
export interface KeyedAnswers {
  readonly accountId: string;
  readonly key: string;
  readonly reservationIds: readonly string[];
}

/** G12: one key made one thing, in the rows and in the answers. */
export async function findIdempotencyViolations(
  databases: { readonly ticket: pg.Pool; readonly payment: pg.Pool },
  eventId: string,
  remembered: readonly KeyedAnswers[],
): Promise<Finding[]> {
  const values = [eventId];
  return [
    findTwoAnswers(remembered),
    await findViolations(databases.ticket, {
      check: 'keys with two reservations',
      values,
      sql: `SELECT account_id, idempotency_key, count(*)::integer AS reservations FROM reservations
        WHERE event_id = $1 AND idempotency_key IS NOT NULL AND replaces IS NULL
        GROUP BY account_id, idempotency_key HAVING count(*) > 1`,
    }),
    await findViolations(databases.payment, {
      check: 'reservations with two payments that took money',
      values,
      sql: `SELECT a.reservation_id, count(*)::integer AS payments FROM payment_attempts a
        WHERE a.event_id = $1 AND a.state IN ('captured', 'fulfilled')
        GROUP BY a.reservation_id HAVING count(*) > 1`,
    }),
  ];
}

/** Keys whose sender got two different reservations for them. */
export function findTwoAnswers(remembered: readonly KeyedAnswers[]): Finding {
  const twoAnswers = remembered.filter((answers) => new Set(answers.reservationIds).size > 1);
  return findingOf('keys answered with two reservations', twoAnswers);
}
