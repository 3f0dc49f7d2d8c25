import type { Readable } from 'node:stream';
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { imageLimits } from '@urr/contracts/catalog-images.ts';
import { imageTypeOf } from './image-key.ts';
import type { ImageStore } from './image-store.ts';

/** Which bucket, and where. */
export interface S3Settings {
  readonly bucket: string;
  readonly region: string;
  readonly endpoint: string | undefined;
}

const connections = 64;
const connectMs = 1_000;
/** Milliseconds until a call is given up, tries included; a read's answer must have begun by then. */
const readDeadlineMs = 4_000;
const writeDeadlineMs = 10_000;

/** Pictures as objects of a bucket, under `images/`. Needs s3:PutObject, GetObject and DeleteObject there, and ListBucket. */
export function createS3ImageStore({ bucket: Bucket, region, endpoint }: S3Settings): ImageStore {
  const client = new S3Client({
    region,
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
    maxAttempts: 2,
    requestHandler: {
      connectionTimeout: connectMs,
      httpAgent: { maxSockets: connections, keepAlive: true },
      httpsAgent: { maxSockets: connections, keepAlive: true },
    },
  });
  const within = (milliseconds: number) => ({ abortSignal: AbortSignal.timeout(milliseconds) });
  return {
    put: async (key, content) => {
      const described = { ContentType: imageTypeOf(key), ContentLength: content.length };
      const command = new PutObjectCommand({ Bucket, Key: nameOf(key), Body: content, ...described });
      await client.send(command, within(writeDeadlineMs));
    },
    open: async (key) => {
      const command = new GetObjectCommand({ Bucket, Key: nameOf(key) });
      const found = await client.send(command, within(readDeadlineMs)).catch(absent);
      const content = found?.Body as Readable | undefined;
      const byteCount = found?.ContentLength ?? 0;
      if (content === undefined || byteCount <= imageLimits.bytes) return content && { byteCount, content };
      content.destroy();
      throw new Error(`the object ${key} has ${byteCount} bytes: it is not one of ours`);
    },
    remove: async (key) => {
      await client.send(new DeleteObjectCommand({ Bucket, Key: nameOf(key) }), within(writeDeadlineMs));
    },
    close: () => client.destroy(),
  };
}

function nameOf(key: string): string {
  imageTypeOf(key);
  return `images/${key}`;
}

function absent(error: unknown): undefined {
  if (error instanceof Error && error.name === 'NoSuchKey') return undefined;
  throw error;
}
