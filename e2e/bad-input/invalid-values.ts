import type { JsonSchema } from './json-schema.ts';
import { validValue } from './valid-value.ts';

/** One bad input and what is wrong with it. */
export interface BadValue {
  readonly why: string;
  readonly value: unknown;
}

const ofEveryType: readonly BadValue[] = [
  { why: 'null', value: null },
  { why: 'a string', value: 'x' },
  { why: 'an empty string', value: '' },
  { why: 'a negative number', value: -1 },
  { why: 'a huge number', value: 1e300 },
  { why: 'a fraction', value: 0.5 },
  { why: 'a number above every integer column', value: Number.MAX_SAFE_INTEGER + 1 },
  { why: 'a boolean', value: true },
  { why: 'an empty list', value: [] },
  { why: 'a list of nulls', value: [null] },
  { why: 'an empty object', value: {} },
  { why: 'a string with NUL', value: 'a\u0000b' },
  { why: 'a lone surrogate', value: '\ud800' },
  { why: 'a statement', value: "'; DROP TABLE accounts; --" },
  { why: 'a long string', value: 'x'.repeat(20_000) },
  { why: 'a list of 5,000', value: Array.from({ length: 5_000 }, (_, index) => index) },
];

/** Values in place of a good body, whole or in one property, without those that `isSkipped`. */
export function badValues(
  schema: JsonSchema,
  good: unknown,
  isSkipped: (value: unknown) => boolean,
): BadValue[] {
  return [...ofEveryType, ...inside(schema, good)].filter((bad) => !isSkipped(bad.value));
}

// One property at a time is wrong or missing, the others stay as they should be.
function inside(schema: JsonSchema, given: unknown): BadValue[] {
  if (schema.anyOf !== undefined) return schema.anyOf.flatMap((one) => inside(one, validValue(one)));
  if (schema.properties === undefined) return [];
  const good = (given ?? validValue(schema)) as Readonly<Record<string, unknown>>;
  const missing = (schema.required ?? []).map((name) => {
    const { [name]: _left, ...rest } = good;
    return { why: `${name} is missing`, value: rest };
  });
  const wrong = Object.keys(schema.properties).flatMap((name) =>
    ofEveryType.map((bad) => ({ why: `${name} is ${bad.why}`, value: { ...good, [name]: bad.value } })),
  );
  const unknown = { why: 'an unknown property', value: { ...good, ['__unknown__']: 1 } };
  return [...missing, ...wrong, unknown];
}
