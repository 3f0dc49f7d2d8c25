/** How long one QR is shown. */
export const periodSeconds = 30;
const digits = 8;

/** Number of the period an instant lies in. Milliseconds since the epoch, by the server's clock. */
export function stepAt(nowMs: number): number {
  return Math.floor(nowMs / 1000 / periodSeconds);
}

/** Seconds left of the period, from `periodSeconds` down to 1. */
export function secondsLeft(nowMs: number): number {
  return Math.ceil(periodSeconds - ((nowMs / 1000) % periodSeconds));
}

/** The key of a ticket's one-time codes; nothing can read it out again. `secret` is base64url. */
export function oneTimeKey(secret: string): Promise<CryptoKey> {
  const text = atob(secret.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-1' }, false, ['sign']);
}

/** The one-time code of a period: RFC 4226's truncation of HMAC(key, step), as RFC 6238 has it. */
export async function oneTimeCode(key: CryptoKey, step: number): Promise<string> {
  const counter = new DataView(new ArrayBuffer(8));
  counter.setBigUint64(0, BigInt(step));
  const mac = new DataView(await crypto.subtle.sign('HMAC', key, counter));
  const offset = mac.getUint8(mac.byteLength - 1) & 0x0f;
  const number = mac.getUint32(offset) & 0x7fff_ffff;
  return String(number % 10 ** digits).padStart(digits, '0');
}

/** Text of the QR of a period, as the gate reads it. */
export async function qrText(code: string, key: CryptoKey, step: number): Promise<string> {
  return `urr1.${code}.${await oneTimeCode(key, step)}`;
}
