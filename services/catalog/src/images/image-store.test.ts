import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { AWS_STANDIN_REGION, awsStandinSkip, startS3 } from '@urr/testkit/aws-standin.ts';
import type { AwsStandin } from '@urr/testkit/aws-standin-process.ts';
import { openSlowLink } from '@urr/testkit/slow-link.ts';
import { createFolderImageStore } from './folder-image-store.ts';
import { newImageKey } from './image-key.ts';
import { storeRules } from './image-store-conformance.ts';
import type { ImageStore } from './image-store.ts';
import { createS3ImageStore } from './s3-image-store.ts';

describe('pictures in a folder', () => {
  let directory: string;
  let store: ImageStore;
  before(async () => {
    directory = await mkdtemp(path.join(os.tmpdir(), 'urr-images-'));
    store = createFolderImageStore(path.join(directory, 'made', 'when needed'));
  });
  after(() => rm(directory, { recursive: true, force: true }));
  for (const rule of storeRules) test(rule.name, () => rule.check(store));

  test('a folder that is no folder any more is a fault, not a missing picture', async () => {
    const file = path.join(directory, 'a file');
    await writeFile(file, '');
    const lost = createFolderImageStore(file);
    const key = newImageKey('image/png');
    await assert.rejects(lost.open(key), { code: 'ENOTDIR' });
    await assert.rejects(lost.put(key, Buffer.alloc(1)));
  });

  test('half a picture is never seen: what fails to arrive leaves no file', async () => {
    const folder = path.join(directory, 'occupied');
    const key = newImageKey('image/png');
    // Where the file should go stands a folder.
    await mkdir(path.join(folder, key, 'in the way'), { recursive: true });
    await assert.rejects(createFolderImageStore(folder).put(key, Buffer.alloc(10)));
    assert.deepEqual(await readdir(folder), [key]);
  });
});

describe('pictures in a bucket of S3', { skip: awsStandinSkip() }, () => {
  const bucket = 'pictures';
  let s3: AwsStandin;
  let store: ImageStore;
  before(async () => {
    s3 = await startS3([bucket]);
    store = createS3ImageStore({ bucket, region: AWS_STANDIN_REGION, endpoint: s3.url });
  });
  after(async () => {
    store.close();
    await s3.stop();
  });
  for (const rule of storeRules) test(rule.name, () => rule.check(store));

  test('an object carries the type of its picture', async () => {
    const client = new S3Client({ region: AWS_STANDIN_REGION, endpoint: s3.url, forcePathStyle: true });
    const key = newImageKey('image/webp');
    await store.put(key, Buffer.alloc(10));
    const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: `images/${key}` }));
    assert.equal(head.ContentType, 'image/webp');
    client.destroy();
  });

  test('an S3 that falls silent costs a reader four seconds and a writer ten, and is used again afterwards', async (context) => {
    const link = await openSlowLink(Number(new URL(s3.url).port));
    const far = createS3ImageStore({ bucket, region: AWS_STANDIN_REGION, endpoint: link.through(s3.url) });
    context.after(async () => {
      far.close();
      await link.stop();
    });
    const [key, content] = [newImageKey('image/png'), Buffer.alloc(1_000)];
    await far.put(key, content);
    link.stall();
    const startedAt = performance.now();
    const reading = assert.rejects(far.open(key)).then(() => performance.now() - startedAt);
    const writing = assert.rejects(far.put(newImageKey('image/png'), content));
    assert.ok((await reading) < 5_500);
    await writing;
    assert.ok(performance.now() - startedAt < 11_500);
    await link.forward();
    assert.equal((await far.open(key))?.byteCount, 1_000);
  });

  test('a bucket that is not there is a fault, not a missing picture', async () => {
    const other = createS3ImageStore({ bucket: 'nowhere', region: AWS_STANDIN_REGION, endpoint: s3.url });
    await assert.rejects(other.open(newImageKey('image/png')), { name: 'NoSuchBucket' });
    other.close();
  });
});
