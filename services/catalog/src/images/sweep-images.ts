import type { Logger } from '@urr/platform/logger.ts';
import type { Kysely } from 'kysely';
import type { CatalogTables } from '../tables.ts';
import type { ImageStore } from './image-store.ts';
import { claimForSweep, forgetImage } from './store.ts';

interface SweepDeps {
  readonly db: Kysely<CatalogTables>;
  readonly store: ImageStore;
  readonly logger: Logger;
}

/**
 * Removes pictures that no event shows: replaced ones, and those whose upload a crash cut short. First from the store, then
 * the row: a crash in between leaves the row, and the next sweep does both again.
 */
export async function sweepImages({ db, store, logger }: SweepDeps): Promise<void> {
  for (const key of await claimForSweep(db)) {
    try {
      await store.remove(key);
      await forgetImage(db, key);
    } catch (error) {
      logger.warn({ err: error, key }, 'a picture could not be removed; it is tried again');
    }
  }
}
