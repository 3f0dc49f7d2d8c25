import { type SeatCode, seatCode, type SeatMirror } from '../live/seat-mirror.ts';

/** Every seat's code at one instant. */
export interface SeatCodes {
  readonly codes: Uint8Array;
  /** When the next hold ends, by the store's clock; until then time alone changes nothing. Milliseconds. */
  readonly nextEndMs: number;
}

/** Reads all seats at an instant of the store's clock: a hold that has ended is free. */
export function readCodes(mirror: SeatMirror, nowMs: number): SeatCodes {
  const codes = new Uint8Array(mirror.seatCount);
  let nextEndMs = Infinity;
  for (let seatId = 0; seatId < codes.length; seatId += 1) {
    const code = mirror.codeAt(seatId, nowMs);
    codes[seatId] = code;
    if (code === seatCode.held) nextEndMs = Math.min(nextEndMs, mirror.heldUntilMs(seatId));
  }
  return { codes, nextEndMs };
}

/** Two bits a seat, seat 0 in the lowest bits of the first byte. */
export function packCodes(codes: Uint8Array): Buffer {
  const packed = Buffer.alloc(Math.ceil(codes.length / 4));
  for (const [seatId, code] of codes.entries()) {
    const index = seatId >> 2;
    packed[index] = (packed[index] ?? 0) | (code << ((seatId & 3) * 2));
  }
  return packed;
}

/** Seats that differ, by their new code. */
export function changedSeats(before: Uint8Array, after: Uint8Array): Record<SeatCode, number[]> {
  const changed: Record<SeatCode, number[]> = { 0: [], 1: [], 2: [], 3: [] };
  for (let seatId = 0; seatId < after.length; seatId += 1) {
    const code = after[seatId] as SeatCode;
    if (code !== before[seatId]) changed[code].push(seatId);
  }
  return changed;
}
