/** Limits of a value of the line, as the service takes it. */
export interface PaceLimits {
  readonly min: number;
  readonly max: number;
}

export const capacityLimits: PaceLimits = { min: 0, max: 1_000_000 };
export const rateLimits: PaceLimits = { min: 1, max: 100_000 };

/** What was typed, read: a whole number within the limits, the same as before, or not a number for this. */
export type PaceDraft =
  | { readonly kind: 'same' }
  | { readonly kind: 'changed'; readonly value: number }
  | { readonly kind: 'invalid' };

/** Reads what was typed; separators are left out. `null`: nothing was typed yet. */
export function readDraft(text: string | null, current: number, { min, max }: PaceLimits): PaceDraft {
  if (text === null) return { kind: 'same' };
  const digits = text.replaceAll(/[,\s]/g, '');
  if (!/^\d{1,7}$/.test(digits)) return { kind: 'invalid' };
  const value = Number(digits);
  if (value < min || value > max) return { kind: 'invalid' };
  return value === current ? { kind: 'same' } : { kind: 'changed', value };
}

/** How far a slider reaches: far enough to double what is, in steps a finger can hit. The field takes every value. */
export function sliderFor(current: number, { min, max }: PaceLimits): PaceLimits & { readonly step: number } {
  const wanted = Math.max(current * 2, 10);
  const power = 10 ** Math.floor(Math.log10(wanted));
  const top = Math.min(max, Math.ceil(wanted / power) * power);
  return { min, max: top, step: Math.max(1, power / 100) };
}
