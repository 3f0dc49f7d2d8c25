import type { Kysely } from 'kysely';
import type pg from 'pg';
import type { QueueTables } from '../../tables.ts';
import type { LineStore } from '../line-store.ts';
import { createDrawsPart } from './draws.ts';
import { createPlacesPart } from './places.ts';
import { createSalesPart } from './sales.ts';

/** The line store of the embedded profile. */
export function createPostgresLineStore(database: { pool: pg.Pool; db: Kysely<QueueTables> }): LineStore {
  return { ...createSalesPart(database), ...createPlacesPart(database), ...createDrawsPart(database.pool) };
}

/** Takes the lines over from Redis: what it still remembers of them is old from now on. */
export async function keepLinesHere(pool: pg.Pool): Promise<void> {
  await pool.query('UPDATE sales SET incarnation = 0 WHERE incarnation <> 0');
}
