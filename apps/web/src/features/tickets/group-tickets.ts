import type { Ticket } from '@urr/contracts/ticket-reads.ts';

/** The tickets of one event, in the order of their seats. */
export interface TicketGroup {
  readonly eventId: string;
  readonly title: Ticket['title'];
  readonly venue: Ticket['venue'];
  readonly startsAt: string;
  readonly tickets: readonly Ticket[];
}

/** What is still to come, soonest first, and what is over, latest first. */
export interface TicketGroups {
  readonly upcoming: readonly TicketGroup[];
  readonly past: readonly TicketGroup[];
}

/** A show is over for a list of tickets so long after it began: nobody looks for the gate any more. */
const showMs = 6 * 60 * 60 * 1000;

/** Groups tickets by event; a group whose tickets were all returned is over. `nowMs` by the server's clock. */
export function groupTickets(tickets: readonly Ticket[], nowMs: number): TicketGroups {
  const groups = [...Map.groupBy(tickets, ({ eventId }) => eventId).values()].map(groupOf);
  const isUpcoming = (group: TicketGroup) =>
    !isShowOver(group.startsAt, nowMs) && group.tickets.some(({ state }) => state !== 'returned');
  return {
    upcoming: groups.filter(isUpcoming).toSorted((a, b) => startOf(a) - startOf(b)),
    past: groups.filter((group) => !isUpcoming(group)).toSorted((a, b) => startOf(b) - startOf(a)),
  };
}

/** Whether a show that began then is over. */
export function isShowOver(startsAt: string, nowMs: number): boolean {
  return Date.parse(startsAt) + showMs < nowMs;
}

/** The order in which people sit: by section, row and seat, where "10" comes after "9"; standing places by type. */
export function inSeatOrder(tickets: readonly Ticket[]): Ticket[] {
  return tickets.toSorted(
    (a, b) =>
      placeOf(a).localeCompare(placeOf(b), 'ko', { numeric: true }) || a.ticketId.localeCompare(b.ticketId),
  );
}

/** Whole days in Seoul from one day to another; 0 on the same one. */
export function daysUntil(startsAt: string, nowMs: number): number {
  return dayInSeoul(Date.parse(startsAt)) - dayInSeoul(nowMs);
}

function groupOf(tickets: readonly Ticket[]): TicketGroup {
  const [first, ...others] = inSeatOrder(tickets);
  if (first === undefined) throw new RangeError('A group has a ticket');
  const { eventId, title, venue, startsAt } = first;
  return { eventId, title, venue, startsAt, tickets: [first, ...others] };
}

function placeOf({ seat, pool, grade }: Ticket): string {
  return seat === null ? `${pool?.name.ko ?? ''} ${grade}` : `${seat.section} ${seat.row} ${seat.seat}`;
}

function startOf({ startsAt }: TicketGroup): number {
  return Date.parse(startsAt);
}

// Seoul is 9 hours ahead of UTC, the whole year.
function dayInSeoul(instantMs: number): number {
  return Math.floor((instantMs + 9 * 60 * 60 * 1000) / (24 * 60 * 60 * 1000));
}
