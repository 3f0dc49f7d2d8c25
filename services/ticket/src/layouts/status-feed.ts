import { randomBytes } from 'node:crypto';
import type { HotDocument } from '@urr/platform/hot-documents.ts';
import type { LiveSale } from '../live/live-sale.ts';
import { changeOf, isCurrent, type Snapshot, statusOf, takeSnapshot } from './snapshot.ts';
import type { StreamClient } from './stream-client.ts';

interface Frame {
  readonly sequence: number;
  readonly bytes: Buffer;
}

/** Bytes of changes that are remembered for clients that come back. */
const mostRememberedBytes = 128 * 1024;

/** One event's status, and the changes since, serialised once for everybody. */
export class StatusFeed {
  readonly clients = new Set<StreamClient>();
  /** Local monotonic time of the last request that came by routing, or of the last stream's end. */
  usedAtMs = performance.now();
  /** Local monotonic time of the last change told. */
  changedAtMs = -Infinity;
  // Versions of another process, or of an earlier life of this feed, are never taken for our own.
  readonly #epoch = randomBytes(6).toString('base64url');
  #sequence = 1;
  #snapshot: Snapshot;
  #frames: Frame[] = [];
  #frameBytes = 0;
  #document: HotDocument;

  constructor(live: LiveSale, nowMs: number) {
    this.#snapshot = takeSnapshot(live, nowMs);
    this.#document = this.#serialise();
  }

  get document(): HotDocument {
    return this.#document;
  }

  get version(): string {
    return `${this.#epoch}.${this.#sequence}`;
  }

  /** Catches up with memory at an instant of the store's clock; answers whether something changed, and tells the clients. */
  refresh(live: LiveSale, nowMs: number): boolean {
    if (isCurrent(this.#snapshot, live, nowMs)) return false;
    const before = this.#snapshot;
    this.#snapshot = takeSnapshot(live, nowMs);
    const next = `${this.#epoch}.${this.#sequence + 1}`;
    const change = changeOf(before, this.#snapshot, next);
    if (before.live === live && change === undefined) return false;
    this.#sequence += 1;
    this.changedAtMs = performance.now();
    this.#document = this.#serialise();
    // Another sale object is another inventory: seats, grades or prices may all be different.
    this.#tell(before.live === live ? frameOf('change', next, JSON.stringify(change)) : this.statusFrame());
    return true;
  }

  /** What a client needs that has seen everything up to `position`: what changed, else everything. */
  framesAfter(position: string | undefined): Buffer {
    const missed = this.#missedSince(position);
    const status = this.statusFrame();
    if (missed === undefined) return status;
    const bytes = missed.reduce((sum, frame) => sum + frame.bytes.length, 0);
    return bytes > status.length ? status : Buffer.concat(missed.map((frame) => frame.bytes));
  }

  statusFrame(): Buffer {
    return frameOf('status', this.version, this.#document.body.toString());
  }

  #missedSince(position: string | undefined): Frame[] | undefined {
    const [epoch, digits] = (position ?? '').split('.');
    const sequence = Number(digits);
    if (epoch !== this.#epoch || !Number.isInteger(sequence) || sequence > this.#sequence) return undefined;
    const missed = this.#frames.filter((frame) => frame.sequence > sequence);
    return missed.length === this.#sequence - sequence ? missed : undefined;
  }

  #tell(given: Buffer): void {
    const status = this.statusFrame();
    const bytes = given.length > status.length ? status : given;
    this.#frames.push({ sequence: this.#sequence, bytes });
    this.#frameBytes += bytes.length;
    while (this.#frameBytes > mostRememberedBytes)
      this.#frameBytes -= this.#frames.shift()?.bytes.length ?? 0;
    for (const client of this.clients) client.write(bytes);
  }

  #serialise(): HotDocument {
    return {
      body: Buffer.from(JSON.stringify(statusOf(this.#snapshot, this.version))),
      contentType: 'application/json; charset=utf-8',
      etag: `"${this.version}"`,
      maxAgeSeconds: 1,
    };
  }
}

function frameOf(event: 'status' | 'change', version: string, data: string): Buffer {
  return Buffer.from(`id: ${version}\nevent: ${event}\ndata: ${data}\n\n`);
}
