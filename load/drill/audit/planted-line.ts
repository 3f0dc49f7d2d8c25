import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { PlantedSale } from './planted-sale.ts';

/** A line of `lobby` lobby members and some who came later, everyone called and none admitted. */
export interface PlantedLine {
  readonly accounts: readonly string[];
}

/** Plants a sale's line: one person joins each second, one is called each second from ten minutes later. */
export async function plantLine(
  sale: PlantedSale,
  size: { lobby: number; late: number },
): Promise<PlantedLine> {
  const secret = randomBytes(32);
  const people = size.lobby + size.late;
  await sale.queue.query(
    `INSERT INTO sales (event_id, owner_id, epoch, scheduled_opens_at, scheduled_capacity, scheduled_rate, lobby_opens_at, opens_at,
       ends_at, threshold, slot_seconds, claim_seconds, capacity, rate_per_second, issued, serving, secret, secret_hash,
       leaf_key, lobby_size, frozen_at, roster_root, chunk_roots, drawn_at)
     VALUES ($1, gen_random_uuid(), 1, now(), 3, 2, now(), now(), now() + interval '1 day', 0, 600, 60, 3, 2, $2, $2, $3, $4, $5, $6, now(),
       $7, '', now())`,
    [
      sale.eventId,
      people,
      secret,
      createHash('sha256').update(secret).digest(),
      randomBytes(32),
      size.lobby,
      randomBytes(32),
    ],
  );
  const accounts = Array.from({ length: people }, () => randomUUID());
  await sale.queue.query(
    `INSERT INTO places (event_id, arrival, account_id, joined_at)
     SELECT $1, ord, account, now() - interval '1 hour' + ord * interval '1 second'
     FROM unnest($2::uuid[]) WITH ORDINALITY AS people (account, ord)`,
    [sale.eventId, accounts],
  );
  await sale.queue.query(
    `INSERT INTO calls (event_id, to_number, called_at, called, unclaimed)
     SELECT $1, number, now() - interval '50 minutes' + number * interval '1 second', 1, 1
     FROM generate_series(1, $2::integer) AS number`,
    [sale.eventId, people],
  );
  return { accounts };
}

/** An admission to plant. Seconds count from the line's first call. */
export interface PlantedSlot {
  readonly arrival: number;
  readonly number: number;
  readonly accountId: string;
  readonly atSeconds: number;
  readonly forSeconds: number;
}

/** Plants an admission at a rate of 2 a second and a capacity of 3. */
export async function plantSlot(sale: PlantedSale, slot: PlantedSlot): Promise<void> {
  await sale.queue.query(
    `INSERT INTO slots (event_id, arrival, number, account_id, granted_at, ends_at, released_at, reason, capacity, rate)
     SELECT $1, $2, $3, $4, began, began + interval '10 minutes', began + $6 * interval '1 second', 'left', 3, 2
     FROM (SELECT min(called_at) + $5 * interval '1 second' AS began FROM calls WHERE event_id = $1) first`,
    [sale.eventId, slot.arrival, slot.number, slot.accountId, slot.atSeconds, slot.forSeconds],
  );
}
