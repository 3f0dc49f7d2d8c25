import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { imageLimits } from '@urr/contracts/catalog-images.ts';
import { newImageKey } from './image-key.ts';
import type { ImageStore } from './image-store.ts';

/** One thing every store must do. */
export interface StoreRule {
  readonly name: string;
  readonly check: (store: ImageStore) => Promise<void>;
}

async function read(store: ImageStore, key: string): Promise<Buffer | undefined> {
  const image = await store.open(key);
  if (image === undefined) return undefined;
  const content = await buffer(image.content);
  assert.equal(image.byteCount, content.length);
  return content;
}

/** What an adapter must do, whatever it keeps pictures in. */
export const storeRules: readonly StoreRule[] = [
  {
    name: 'a picture comes back as it was put, up to the largest',
    check: async (store) => {
      for (const size of [1, 64 * 1024, imageLimits.bytes]) {
        const [key, content] = [newImageKey('image/png'), randomBytes(size)];
        await store.put(key, content);
        assert.ok(content.equals((await read(store, key)) ?? Buffer.alloc(0)));
      }
    },
  },
  {
    name: 'putting a picture again changes nothing',
    check: async (store) => {
      const [key, content] = [newImageKey('image/webp'), randomBytes(500)];
      await Promise.all([store.put(key, content), store.put(key, content)]);
      await store.put(key, content);
      assert.ok(content.equals((await read(store, key)) ?? Buffer.alloc(0)));
    },
  },
  {
    name: 'what was never put is not there',
    check: async (store) => assert.equal(await store.open(newImageKey('image/jpeg')), undefined),
  },
  {
    name: 'a removed picture is gone, and removing it again is no fault',
    check: async (store) => {
      const [key, kept] = [newImageKey('image/jpeg'), newImageKey('image/jpeg')];
      for (const one of [key, kept]) await store.put(one, Buffer.from(one));
      await store.remove(key);
      await store.remove(key);
      await store.remove(newImageKey('image/jpeg'));
      assert.equal(await store.open(key), undefined);
      assert.equal((await read(store, kept))?.toString(), kept);
    },
  },
  {
    name: 'a reader who goes away leaves nothing open that would keep others waiting',
    check: async (store) => {
      const key = newImageKey('image/png');
      await store.put(key, randomBytes(imageLimits.bytes));
      for (let reader = 0; reader < 80; reader += 1) (await store.open(key))?.content.destroy();
      assert.equal((await read(store, key))?.length, imageLimits.bytes);
    },
  },
  {
    name: 'what is no key reaches nothing',
    check: async (store) => {
      for (const key of [
        '../secrets.json',
        `${'a'.repeat(40)}.svg`,
        '',
        'a/b.png',
        `${'A'.repeat(40)}.png`,
      ]) {
        await assert.rejects(async () => store.open(key));
        await assert.rejects(async () => store.put(key, Buffer.alloc(1)));
        await assert.rejects(async () => store.remove(key));
      }
    },
  },
];
