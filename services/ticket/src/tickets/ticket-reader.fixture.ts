import { createHmac } from 'node:crypto';
import type { TicketSecret } from '@urr/contracts/ticket-reads.ts';
import { type Buyer, buyerOf, type TicketFixture } from '../ticket.fixture.ts';

/** A buyer's paid tickets for these seats. */
export async function buyTickets(
  fixture: TicketFixture,
  eventId: string,
  seatIds: readonly number[],
  accountId?: string,
) {
  const buyer = buyerOf(eventId, accountId === undefined ? {} : { accountId });
  const reservation = await fixture.hold(buyer, seatIds);
  const confirmed = await fixture.confirm(reservation, buyer);
  return { buyer, reservation, ticketIds: confirmed.json<{ ticketIds: string[] }>().ticketIds };
}

/** Reads something of a ticket as an account. */
export function ask({ inject }: TicketFixture, { headers }: Pick<Buyer, 'headers'>, path: string) {
  return inject({ method: 'GET', url: `/api/v1/tickets/${path}`, headers });
}

/** Scans a payload at an event's gate. */
export function scan({ inject }: TicketFixture, gate: Buyer, payload: string, replica = 0) {
  return inject(
    {
      method: 'POST',
      url: '/api/v1/tickets/check-in',
      headers: gate.headers,
      payload: { eventId: gate.eventId, payload },
    },
    replica,
  );
}

/** What a device draws offline: RFC 6238 written a second time, from the secret alone. */
export function payloadAt(secret: TicketSecret, nowMs: number): string {
  const counter = Buffer.alloc(8);
  counter.writeUInt32BE(Math.floor(nowMs / 1000 / secret.periodSeconds), 4);
  const mac = createHmac('sha1', Buffer.from(secret.totpSecret, 'base64url')).update(counter).digest();
  const at = (mac[19] ?? 0) % 16;
  const bytes = [...mac.subarray(at, at + 4)];
  const number = bytes.reduce((sum, byte, index) => sum * 256 + (index === 0 ? byte % 128 : byte), 0);
  return `urr1.${secret.code}.${String(number % 100_000_000).padStart(8, '0')}`;
}
