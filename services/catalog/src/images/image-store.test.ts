import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { AWS_STANDIN_REGION, awsStandinSkip, startS3 } from '@urr/testkit/aws-standin.ts';
import type { AwsStandin } from '@urr/testkit/aws-standin-process.ts';
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

  test('a bucket that is not there is a fault, not a missing picture', async () => {
    const other = createS3ImageStore({ bucket: 'nowhere', region: AWS_STANDIN_REGION, endpoint: s3.url });
    await assert.rejects(other.open(newImageKey('image/png')), { name: 'NoSuchBucket' });
    other.close();
  });
});
