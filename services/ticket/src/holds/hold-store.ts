import type pg from 'pg';
import type { HoldAnswer, PlaceHold, SeatHold } from './hold-command.ts';

/** An idempotency key and whose it is. */
export interface KeyOfAccount {
  readonly accountId: string;
  readonly idempotencyKey: string;
}

const holdSeatsStatement =
  'SELECT * FROM hold_seats($1::uuid[], $2::uuid[], $3::uuid[], $4::int[], $5::float8[], $6::text[], $7::text[], $8::int[], $9::int[], $10::int, $11::uuid[])';
const holdPlacesStatement =
  'SELECT * FROM hold_places($1::uuid[], $2::uuid[], $3::uuid[], $4::int[], $5::float8[], $6::text[], $7::text[], $8::int[], $9::uuid[], $10::int[], $11::int, $12::uuid[])';

/** Decides a group of seat holds in one commit. */
export async function holdSeats(
  pool: pg.Pool,
  commands: readonly SeatHold[],
  holdSeconds: number,
): Promise<HoldAnswer[]> {
  const { rows } = await pool.query<HoldAnswer>({
    name: 'hold-seats',
    text: holdSeatsStatement,
    values: [
      ...commonValues(commands, (command) => command.seatIds.length),
      commands.flatMap((command, index) => command.seatIds.map(() => index + 1)),
      commands.flatMap((command) => command.seatIds),
      holdSeconds,
      commands.map((command) => command.slotId),
    ],
  });
  return rows;
}

/** Decides a group of place holds in one commit. */
export async function holdPlaces(
  pool: pg.Pool,
  commands: readonly PlaceHold[],
  holdSeconds: number,
): Promise<HoldAnswer[]> {
  const { rows } = await pool.query<HoldAnswer>({
    name: 'hold-places',
    text: holdPlacesStatement,
    values: [
      ...commonValues(commands, (command) => command.items.reduce((sum, item) => sum + item.quantity, 0)),
      commands.flatMap((command, index) => command.items.map(() => index + 1)),
      commands.flatMap((command) => command.items.map((item) => item.ticketTypeId)),
      commands.flatMap((command) => command.items.map((item) => item.quantity)),
      holdSeconds,
      commands.map((command) => command.slotId),
    ],
  });
  return rows;
}

function commonValues<Command extends SeatHold | PlaceHold>(
  commands: readonly Command[],
  quantityOf: (command: Command) => number,
): unknown[] {
  return [
    commands.map((command) => command.reservationId),
    commands.map((command) => command.eventId),
    commands.map((command) => command.accountId),
    commands.map(quantityOf),
    commands.map((command) => command.slotEndSeconds),
    commands.map((command) => command.idempotencyKey ?? null),
    commands.map((command) => command.fingerprint ?? null),
  ];
}

/** What was made under each key, in the order of the keys. */
export async function findReplays(
  pool: pg.Pool,
  keys: readonly KeyOfAccount[],
): Promise<({ reservationId: string; fingerprint: string } | undefined)[]> {
  const { rows } = await pool.query<{ reservation_id: string | null; fingerprint: string | null }>({
    text: `SELECT r.reservation_id, r.fingerprint
      FROM unnest($1::uuid[], $2::text[]) WITH ORDINALITY k (account_id, idempotency_key, position)
      LEFT JOIN reservations r ON r.account_id = k.account_id AND r.idempotency_key = k.idempotency_key
      ORDER BY k.position`,
    values: [keys.map((key) => key.accountId), keys.map((key) => key.idempotencyKey)],
  });
  return rows.map(({ reservation_id: reservationId, fingerprint }) =>
    reservationId === null ? undefined : { reservationId, fingerprint: fingerprint ?? '' },
  );
}
