// Preloaded into a process whose clock is to be wrong: SHIFT_SECONDS is added to what it believes.
const shiftMs = Number(process.env['SHIFT_SECONDS'] ?? 0) * 1000; // oxlint-disable-line no-restricted-properties
const RealDate = Date;

globalThis.Date = class extends RealDate {
  constructor(...given: [] | [number | string | Date]) {
    super(...((given.length === 0 ? [RealDate.now() + shiftMs] : given) as [number]));
  }

  static override now(): number {
    return RealDate.now() + shiftMs;
  }
} as DateConstructor;
