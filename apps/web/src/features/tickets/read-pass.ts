import { listMyTickets, readTicketSecret, type Ticket } from '@urr/contracts/ticket-reads.ts';
import { call } from '../../api/call.ts';
import { readClock } from '../../design/server-clock.ts';
import { isShowOver } from './group-tickets.ts';
import { forgetTicket, keepTicket, keptTickets, type TicketPass } from './kept-tickets.ts';
import { oneTimeKey } from './one-time-code.ts';

/** Tickets of one show kept at once; who holds more opens them one by one. */
const mostAtOnce = 10;

/** Whether this device can make one-time codes: browsers do so only over a secure connection. */
function canDrawPasses(): boolean {
  return 'subtle' in crypto;
}

/** What draws a ticket's QR on this device; undefined when it cannot be had, and then the server draws it. */
export async function readPass(ticketId: string): Promise<TicketPass | undefined> {
  if (!canDrawPasses()) return undefined;
  const sentAtMs = Date.now();
  const result = await call(readTicketSecret, { params: { ticketId } });
  if (!result.ok) return undefined;
  const { offsetMs } = readClock(result.body.now, sentAtMs, Date.now());
  return { code: result.body.code, key: await oneTimeKey(result.body.totpSecret), offsetMs };
}

/** The caller's other tickets for the same show, kept on this device with this one: friends pass the gate together. */
export async function keepWithNeighbours(ticket: Ticket): Promise<readonly Ticket[]> {
  const result = await call(listMyTickets, { query: { eventId: ticket.eventId, limit: 100 } });
  if (!result.ok) return [ticket];
  const known = new Map((await keptTickets()).map((kept) => [kept.ticketId, kept]));
  const valid = result.body.tickets.filter(({ state }) => state === 'valid').slice(0, mostAtOnce);
  for (const neighbour of valid) {
    const pass = known.get(neighbour.ticketId)?.pass ?? (await readPass(neighbour.ticketId));
    if (pass !== undefined) await keepTicket({ ticketId: neighbour.ticketId, ticket: neighbour, pass });
  }
  await forgetWhatIsOver(ticket.eventId, valid);
  return result.body.tickets;
}

async function forgetWhatIsOver(eventId: string, valid: readonly Ticket[]): Promise<void> {
  const stillValid = new Set(valid.map(({ ticketId }) => ticketId));
  const isOver = (kept: Ticket) =>
    kept.eventId === eventId ? !stillValid.has(kept.ticketId) : isShowOver(kept.startsAt, Date.now());
  const over = (await keptTickets()).filter(({ ticket }) => isOver(ticket));
  await Promise.all(over.map(({ ticketId }) => forgetTicket(ticketId)));
}
