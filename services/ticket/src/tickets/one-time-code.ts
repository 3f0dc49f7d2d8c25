import { createHmac, timingSafeEqual } from 'node:crypto';

/** How one-time codes are made (RFC 6238); the secrets of tickets have the 160 bits of this hash. */
export const ticketCodeRule = { algorithm: 'SHA-1', digits: 8, periodSeconds: 30 } as const;

/** Steps a phone's clock may be off, each way. */
const toleratedSteps = 1;

/** Number of the period an instant lies in. Milliseconds since the epoch. */
export function stepAt(nowMs: number): number {
  return Math.floor(nowMs / 1000 / ticketCodeRule.periodSeconds);
}

/** Seconds until the next period begins, at least 1. */
export function secondsLeft(nowMs: number): number {
  const { periodSeconds } = ticketCodeRule;
  return Math.max(1, Math.floor(periodSeconds - ((nowMs / 1000) % periodSeconds)));
}

/** The one-time code of a period: RFC 4226's truncation of HMAC(secret, step). */
export function oneTimeCode(secret: Uint8Array, step: number): string {
  const { algorithm, digits } = ticketCodeRule;
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac(algorithm.replace('-', ''), secret).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 0x0f;
  const number = mac.readUInt32BE(offset) & 0x7fff_ffff;
  return String(number % 10 ** digits).padStart(digits, '0');
}

/** True when the code is the one of this period or of a neighbour; at most 60 s old by the clock given. */
export function isCurrentCode(secret: Uint8Array, given: string, nowMs: number): boolean {
  const step = stepAt(nowMs);
  for (let candidate = step - toleratedSteps; candidate <= step + toleratedSteps; candidate += 1)
    if (equals(oneTimeCode(secret, candidate), given)) return true;
  return false;
}

function equals(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}
