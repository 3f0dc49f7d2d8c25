import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import type { Secret } from '@urr/platform/secret.ts';

/** What a receipt proves: this account was the n-th to arrive in this line. */
export interface ReceiptFacts {
  readonly eventId: string;
  readonly accountId: string;
  /** Order of arrival, from 1; a lobby member's index in the draw is one less. */
  readonly arrival: number;
  /** True when the arrival is a lobby index, false when it is the number in line. */
  readonly isLobby: boolean;
  readonly epoch: number;
}

/** Signs and reads place receipts. */
export interface Receipts {
  sign(facts: ReceiptFacts): string;
  /** The facts, or `undefined` when we never said so. */
  read(receipt: string): ReceiptFacts | undefined;
}

const label = 'urr place receipt 1';

/** Receipts under a key of their own, derived from the entry-token secret. */
export function createReceipts(secret: Secret): Receipts {
  // Raw bytes would be made into a key again at each signature, at five times the cost of the signature itself.
  const key = createSecretKey(createHmac('sha256', secret.reveal()).update(label).digest());
  const signatureOf = (payload: string) => createHmac('sha256', key).update(payload).digest('base64url');
  return {
    sign: ({ eventId, accountId, arrival, isLobby, epoch }) => {
      const payload = `${eventId}.${accountId}.${isLobby ? 'L' : 'N'}${arrival}.${epoch}`;
      return `${payload}.${signatureOf(payload)}`;
    },
    read: (receipt) => {
      const end = receipt.lastIndexOf('.');
      const expected = Buffer.from(signatureOf(receipt.slice(0, Math.max(end, 0))));
      const given = Buffer.from(receipt.slice(end + 1));
      if (expected.length !== given.length || !timingSafeEqual(expected, given)) return undefined;
      const [eventId = '', accountId = '', arrival = '', epoch = ''] = receipt.split('.');
      return {
        eventId,
        accountId,
        arrival: Number(arrival.slice(1)),
        isLobby: arrival.startsWith('L'),
        epoch: Number(epoch),
      };
    },
  };
}
