import { createHash, timingSafeEqual } from 'node:crypto';
import type { Secret } from './secret.ts';

/** Header internal calls carry `INTERNAL_API_TOKEN` in. */
export const internalTokenHeader = 'x-internal-token';

/** Compares in constant time, whatever the lengths. */
export function equalsSecret(given: string, secret: Secret): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(secret.reveal()));
}
