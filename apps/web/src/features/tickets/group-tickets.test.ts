import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Ticket } from '@urr/contracts/ticket-reads.ts';
import { daysUntil, groupTickets, inSeatOrder } from './group-tickets.ts';

const now = Date.parse('2026-11-21T12:00:00Z');

function ticket(eventId: string, startsAt: string, rest: Partial<Ticket> = {}): Ticket {
  return {
    ticketId: `${eventId}-${startsAt}`,
    eventId,
    reservationId: 'r',
    title: { ko: '공연', en: 'Show' },
    venue: { ko: '극장', en: 'Theatre' },
    startsAt,
    state: 'valid',
    grade: 'R',
    seat: null,
    pool: null,
    price: 1,
    issuedAt: startsAt,
    usedAt: null,
    ...rest,
  };
}

const seat = (section: string, row: string, label: string) => ({
  seat: { seatId: 1, section, row, seat: label },
});

test('what comes soonest stands first, what is over last', () => {
  const { upcoming, past } = groupTickets(
    [
      ticket('later', '2026-12-24T10:00:00Z'),
      ticket('long-ago', '2026-01-01T10:00:00Z'),
      ticket('soon', '2026-11-22T10:00:00Z'),
      ticket('running', '2026-11-21T10:00:00Z'),
      ticket('yesterday', '2026-11-20T10:00:00Z'),
      ticket('soon', '2026-11-22T10:00:00Z'),
    ],
    now,
  );
  assert.deepEqual(
    upcoming.map((group) => [group.eventId, group.tickets.length]),
    [
      ['running', 1],
      ['soon', 2],
      ['later', 1],
    ],
  );
  assert.deepEqual(
    past.map((group) => group.eventId),
    ['yesterday', 'long-ago'],
  );
});

test('a show whose tickets were all returned is over; one of which some were is not', () => {
  const returned = ticket('a', '2026-12-01T10:00:00Z', { state: 'returned' });
  const kept = ticket('b', '2026-12-01T10:00:00Z');
  const { upcoming, past } = groupTickets([returned, kept, { ...kept, state: 'returned' }], now);
  assert.deepEqual(
    [upcoming.map((group) => group.eventId), past.map((group) => group.eventId)],
    [['b'], ['a']],
  );
});

test('seats stand in the order in which people sit', () => {
  const seats = [
    seat('1F B', '10', '2'),
    seat('1F B', '9', '11'),
    seat('1F B', '9', '2'),
    seat('1F A', '12', '1'),
  ];
  const ordered = inSeatOrder(seats.map((place, index) => ticket(`${index}`, '2026-12-01T10:00:00Z', place)));
  assert.deepEqual(
    ordered.map(({ seat: place }) => `${place?.section}-${place?.row}-${place?.seat}`),
    ['1F A-12-1', '1F B-9-2', '1F B-9-11', '1F B-10-2'],
  );
});

test('days are counted as people in Seoul do', () => {
  assert.equal(daysUntil('2026-11-21T14:59:00Z', now), 0);
  assert.equal(daysUntil('2026-11-21T15:00:00Z', now), 1);
  assert.equal(daysUntil('2026-12-05T10:30:00Z', now), 14);
});
