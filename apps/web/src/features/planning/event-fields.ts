import { uuidPattern } from '@urr/contracts/primitives.ts';

/** What may stand in one field of an event's form. */
export type FieldRule =
  | { readonly kind: 'line' | 'paragraphs'; readonly most: number }
  | { readonly kind: 'slug' | 'time' }
  | { readonly kind: 'whole'; readonly least: number; readonly most: number };

/** Every plain field by its path in an event file, with the contract's bounds, in the order of the form. */
export const fieldRules = {
  'title.ko': { kind: 'line', most: 200 },
  'title.en': { kind: 'line', most: 200 },
  slug: { kind: 'slug' },
  'description.ko': { kind: 'paragraphs', most: 4000 },
  'description.en': { kind: 'paragraphs', most: 4000 },
  runningMinutes: { kind: 'whole', least: 1, most: 10_000 },
  ageLimit: { kind: 'whole', least: 0, most: 120 },
  'artist.name.ko': { kind: 'line', most: 120 },
  'artist.name.en': { kind: 'line', most: 120 },
  'artist.slug': { kind: 'slug' },
  'venue.hall': { kind: 'slug' },
  'venue.name.ko': { kind: 'line', most: 120 },
  'venue.name.en': { kind: 'line', most: 120 },
  'venue.address.ko': { kind: 'line', most: 300 },
  'venue.address.en': { kind: 'line', most: 300 },
  startsAt: { kind: 'time' },
  'sale.opensAt': { kind: 'time' },
  'sale.endsAt': { kind: 'time' },
  'sale.lobbyMinutes': { kind: 'whole', least: 0, most: 10_080 },
  'sale.capacity': { kind: 'whole', least: 1, most: 1_000_000 },
  'sale.ratePerSecond': { kind: 'whole', least: 1, most: 100_000 },
  'sale.threshold': { kind: 'whole', least: 0, most: 10_000_000 },
  'sale.limitPerAccount': { kind: 'whole', least: 1, most: 20 },
  'sale.slotSeconds': { kind: 'whole', least: 30, most: 3600 },
} as const satisfies Record<string, FieldRule>;

/** Path of a plain field. */
export type TextPath = keyof typeof fieldRules;
/** All of them. */
export const textPaths = Object.keys(fieldRules) as readonly TextPath[];

/** Paths of fields in the order they stand in the form: what is typed of places comes after the venue, colours come last. */
export function inFormOrder(paths: readonly string[]): string[] {
  const plain = Object.keys(fieldRules);
  const rank = (path: string) => {
    if (/^(?:prices|pools)(?:\.|$)/.test(path)) return plain.indexOf('venue.address.en') + 0.5;
    const place = plain.indexOf(path);
    return place < 0 ? plain.length : place;
  };
  return paths.toSorted((one, other) => rank(one) - rank(other));
}

/** Bounds of a price. Won. */
export const priceRule = { kind: 'whole', least: 1, most: 100_000_000 } as const satisfies FieldRule;
/** Bounds of the places of one standing area. */
export const quantityRule = { kind: 'whole', least: 1, most: 1_000_000 } as const satisfies FieldRule;
/** Bounds of a standing area's name. */
export const poolNameRule = { kind: 'line', most: 100 } as const satisfies FieldRule;

/** What is wrong with a field; the numbers say the bounds. */
export interface FieldFault {
  readonly code:
    | 'required'
    | 'tooLong'
    | 'unprintable'
    | 'notSlug'
    | 'slugLikeId'
    | 'notTime'
    | 'notWhole'
    | 'outOfRange'
    | 'notGrade'
    | 'repeatedGrade'
    | 'noPools'
    | 'notColour'
    | 'endsBeforeOpening'
    | 'endsAfterStart';
  readonly least?: number;
  readonly most?: number;
}

const slugPattern = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const mostSlug = 80;

/** Reads what was typed by its rule: the fault, or `undefined`. */
export function faultOf(rule: FieldRule, typed: string): FieldFault | undefined {
  const text = typed.trim();
  if (text === '') return { code: 'required' };
  switch (rule.kind) {
    case 'line':
    case 'paragraphs':
      return textFault(rule.kind, text, rule.most);
    case 'slug':
      return slugFault(text);
    case 'whole':
      return wholeFault(text, rule.least, rule.most);
    case 'time':
      return undefined;
  }
}

/** A whole number as people type it, separators allowed; `undefined` when it is none. */
export function wholeNumber(typed: string): number | undefined {
  const digits = typed.trim().replaceAll(',', '');
  return /^\d{1,15}$/.test(digits) ? Number(digits) : undefined;
}

/** A name for an address made of a text: lower-case words of Latin letters and digits joined by `-`; may be empty. */
export function slugOf(text: string): string {
  const words =
    text
      .normalize('NFKD')
      .toLowerCase()
      .replace(/\p{M}/gu, '')
      .match(/[a-z0-9]+/g) ?? [];
  return words.join('-').slice(0, mostSlug).replace(/-$/, '');
}

function textFault(kind: 'line' | 'paragraphs', text: string, most: number): FieldFault | undefined {
  const inner = kind === 'line' ? text : text.replace(/[\n\r\t]/g, '');
  if (/[\p{Cc}\p{Cs}]/u.test(inner)) return { code: 'unprintable' };
  return text.length > most ? { code: 'tooLong', most } : undefined;
}

function slugFault(text: string): FieldFault | undefined {
  if (uuidPattern.test(text)) return { code: 'slugLikeId' };
  if (text.length > mostSlug) return { code: 'tooLong', most: mostSlug };
  return slugPattern.test(text) ? undefined : { code: 'notSlug' };
}

function wholeFault(text: string, least: number, most: number): FieldFault | undefined {
  const value = wholeNumber(text);
  if (value === undefined) return { code: 'notWhole' };
  return value < least || value > most ? { code: 'outOfRange', least, most } : undefined;
}
