import { createHash, createHmac } from 'node:crypto';

const prefix = 'urr_p_';

/**
 * The token of a reset. It follows from the reset's id and a key, so it need not be kept until its mail is sent, and a
 * repeat of the mail carries the same link; nobody can compute it without the key.
 */
export function resetTokenOf(resetId: string, key: Uint8Array): string {
  return prefix + createHmac('sha256', key).update(`urr-password-reset\0${resetId}`).digest('base64url');
}

/** What is stored of a token. */
export function storedForm(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** Whether a text can be such a token at all: one of another kind is not even looked for. */
export function isResetToken(token: string): boolean {
  return token.length === prefix.length + 43 && token.startsWith(prefix);
}
