import { createHash, createHmac, randomBytes } from 'node:crypto';

const prefix = 'urr_r_';

/** A new opaque refresh token. */
export function newRefreshToken(): string {
  return prefix + randomBytes(32).toString('base64url');
}

/**
 * The token that follows one. It can be computed again, so two tabs that refresh at once get the same successor although
 * only hashes are stored; nobody can compute it without the key.
 */
export function successorOf(refreshToken: string, key: Uint8Array): string {
  return prefix + createHmac('sha256', key).update(`urr-refresh\0${refreshToken}`).digest('base64url');
}

/** What is stored of a refresh token. */
export function hashOf(refreshToken: string): Buffer {
  return createHash('sha256').update(refreshToken).digest();
}
