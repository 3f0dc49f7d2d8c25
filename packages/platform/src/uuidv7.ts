import { randomBytes } from 'node:crypto';

let pool = Buffer.alloc(0);

/** A UUID that sorts by time (RFC 9562, version 7), so that new index entries stand side by side. */
export function uuidv7(nowMs: number = Date.now()): string {
  // One call to the generator for many ids: asking costs more than the bytes.
  if (pool.length < 10) pool = randomBytes(10 * 256);
  const random = pool.subarray(0, 10);
  pool = pool.subarray(10);
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(nowMs, 0, 6);
  random.copy(bytes, 6);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
