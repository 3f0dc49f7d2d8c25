import { type Static, Type } from 'typebox';
import { Timestamp, Uuid } from './primitives.ts';

/**
 * Body of a message on the SQS queue of admissions. Its group is the event, its deduplication id `userId:eventId:n` with n
 * the account's n-th admission in the sale.
 */
export const AdmissionMessage = Type.Object({
  action: Type.Literal('admitted'),
  eventId: Uuid,
  userId: Uuid,
  entryToken: Type.String(),
  timestamp: Timestamp,
});
export type AdmissionMessage = Static<typeof AdmissionMessage>;
