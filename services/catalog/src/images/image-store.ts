import type { Readable } from 'node:stream';

/** A stored picture, opened; whoever opened it reads or destroys its content. */
export interface OpenedImage {
  readonly byteCount: number;
  readonly content: Readable;
}

/**
 * Port: keeps pictures by key. A method that throws may have done its work or not; doing it again is harmless.
 * `image-store-conformance.ts` says what an adapter must do.
 */
export interface ImageStore {
  /** Resolves when the picture is durable. */
  put(key: string, content: Buffer): Promise<void>;
  open(key: string): Promise<OpenedImage | undefined>;
  /** Removing what is not there is no fault. */
  remove(key: string): Promise<void>;
  close(): void;
}
