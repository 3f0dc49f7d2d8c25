import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { openDatabase } from '@urr/platform/database.ts';
import { createLogger } from '@urr/platform/logger.ts';
import { Secret } from '@urr/platform/secret.ts';
import * as routes from '@urr/contracts/catalog.ts';
import type { Actor } from '../actor.ts';
import type { ImageBook } from '../deps.ts';
import { putImage, removeImage } from '../events/change-image.ts';
import { createImageBook } from '../images/image-book.ts';
import type { ImageStore } from '../images/image-store.ts';
import { sweepImages } from '../images/sweep-images.ts';
import type { CatalogTables } from '../tables.ts';
import { bodyOf, type CatalogUnderTest, someone, startCatalog } from '../testing/catalog-under-test.ts';
import { eventInput } from '../testing/event-input.ts';
import { png } from '../testing/pictures.ts';

// The guarantee: whatever step a crash follows, an event shows no picture that its store lacks, and its store keeps none
// that no event shows, once the sweeper has been.

const logger = createLogger('test', 'silent');
const organiser = someone('organiser');
const actor: Actor = { accountId: organiser.accountId, role: 'organiser', requestId: 'test' };
let catalog: CatalogUnderTest;
let database: ReturnType<typeof openDatabase<CatalogTables>>;
before(async () => {
  catalog = await startCatalog();
  const url = new Secret(catalog.environment['CATALOG_DB_URL'] ?? '');
  database = openDatabase<CatalogTables>({ url, poolSize: 4, logger });
});
after(async () => {
  await database.close();
  await catalog.stop();
});

/** A store in memory that dies on demand. */
function memoryStore() {
  const kept = new Set<string>();
  const faults = { onRemove: false };
  const store: ImageStore = {
    put: async (key) => void kept.add(key),
    open: () => Promise.resolve(undefined),
    remove: async (key) => {
      if (faults.onRemove) throw new Error('the store is away');
      kept.delete(key);
    },
    close: () => {},
  };
  return { store, kept, faults };
}

class Crash extends Error {}

/** The book of pictures of a process that dies before, or right after, one of its steps. */
function dyingBook(book: ImageBook, step: 'put' | 'keep' | 'discard', when: 'before' | 'after'): ImageBook {
  const dying =
    <First, Second>(work: (first: First, second: Second) => Promise<unknown>) =>
    async (first: First, second: Second): Promise<never> => {
      if (when === 'after') await work(first, second);
      throw new Crash();
    };
  switch (step) {
    case 'put':
      return { ...book, put: dying((key, content) => book.put(key, content)) };
    case 'keep':
      return { ...book, keep: dying((db, key) => book.keep(db, key)) };
    case 'discard':
      return { ...book, discard: dying((db, key) => book.discard(db, key)) };
  }
}

const draft = async () =>
  bodyOf(await catalog.call(routes.createEvent, { body: eventInput(`show-${randomUUID()}`) }, organiser))
    .eventId;
const shownKey = async (eventId: string) =>
  (
    await catalog.sql.query<{ image_key: string | null }>('SELECT image_key FROM events WHERE id = $1', [
      eventId,
    ])
  ).rows[0]?.image_key;
const timePasses = () =>
  catalog.sql.query('UPDATE images SET remove_after = clock_timestamp() WHERE remove_after IS NOT NULL');

test('a crash at any step of an upload leaves the event with a picture its store has, and no other one in it', async () => {
  for (const step of ['put', 'keep', 'discard'] as const) {
    for (const when of ['before', 'after'] as const) {
      const { store, kept } = memoryStore();
      const images = createImageBook(store, logger);
      const { db } = database;
      const eventId = await draft();
      await putImage({ db, images }, actor, eventId, { declaredType: 'image/png', content: png() });
      const sent = { declaredType: 'image/png', content: png(400, 400) };
      await assert.rejects(
        putImage({ db, images: dyingBook(images, step, when) }, actor, eventId, sent),
        Crash,
      );
      const shown = await shownKey(eventId);
      assert.ok(kept.has(String(shown)), `${when} ${step}: dangling`);
      await timePasses();
      await sweepImages({ db, store, logger });
      assert.deepEqual([...kept], [shown], `${when} ${step}: orphaned`);
      await putImage({ db, images }, actor, eventId, sent);
      assert.ok(kept.has(String(await shownKey(eventId))));
    }
  }
});

test('a replaced picture stays for a while, then goes; one that its store would not remove goes later', async () => {
  const { store, kept, faults } = memoryStore();
  const deps = { db: database.db, images: createImageBook(store, logger) };
  const eventId = await draft();
  await putImage(deps, actor, eventId, { declaredType: 'image/png', content: png() });
  await removeImage(deps, actor, eventId);
  await sweepImages({ db: database.db, store, logger });
  assert.equal(kept.size, 1, 'pages that are open still name it');
  faults.onRemove = true;
  await timePasses();
  await sweepImages({ db: database.db, store, logger });
  assert.equal(kept.size, 1);
  faults.onRemove = false;
  await sweepImages({ db: database.db, store, logger });
  assert.equal(kept.size, 1, 'not at once again');
  await timePasses();
  await sweepImages({ db: database.db, store, logger });
  assert.equal(kept.size, 0);
  const { rowCount } = await catalog.sql.query('SELECT FROM images WHERE event_id = $1', [eventId]);
  assert.equal(rowCount, 0);
});

test('a picture that the sweeper has begun to remove cannot be shown any more', async () => {
  const { store, kept } = memoryStore();
  const images = createImageBook(store, logger);
  const slow: ImageBook = {
    ...images,
    put: async (key, content) => {
      await images.put(key, content);
      await timePasses();
      await sweepImages({ db: database.db, store, logger });
    },
  };
  const eventId = await draft();
  const sent = { declaredType: 'image/png', content: png() };
  await assert.rejects(putImage({ db: database.db, images: slow }, actor, eventId, sent), {
    code: 'deadline-exceeded',
  });
  assert.deepEqual([await shownKey(eventId), kept.size], [null, 0]);
});

test('control: the database itself lets no picture be forgotten that an event shows', async () => {
  const { store } = memoryStore();
  const eventId = await draft();
  const deps = { db: database.db, images: createImageBook(store, logger) };
  await putImage(deps, actor, eventId, { declaredType: 'image/png', content: png() });
  const key = await shownKey(eventId);
  await assert.rejects(catalog.sql.query('DELETE FROM images WHERE key = $1', [key]), { code: '23503' });
});

test('control: removing the old picture before the change is committed would leave a dangling one', async () => {
  const { store, kept } = memoryStore();
  const images = createImageBook(store, logger);
  const eventId = await draft();
  await putImage({ db: database.db, images }, actor, eventId, { declaredType: 'image/png', content: png() });
  const hasty: ImageBook = {
    ...images,
    discard: async (_db, key) => {
      await store.remove(key);
      throw new Crash();
    },
  };
  await assert.rejects(removeImage({ db: database.db, images: hasty }, actor, eventId), Crash);
  assert.ok(!kept.has(String(await shownKey(eventId))), 'it dangles');
});
