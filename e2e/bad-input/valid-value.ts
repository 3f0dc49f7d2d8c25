import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import type { JsonSchema } from './json-schema.ts';

const byFormat: Readonly<Record<string, () => string>> = {
  uuid: () => randomUUID(),
  email: () => `${randomUUID()}@example.com`,
  'date-time': () => '2031-01-01T00:00:00.000Z',
  date: () => '2031-01-01',
  uri: () => 'https://example.com/',
};

const seats = [1, 2, 3].map((seat) => `A,1,${seat},R,${seat * 60},200,`);
// What a schema cannot tell, so that a request is not refused for it before anything else is looked at.
const byName: Readonly<Record<string, unknown>> = {
  cancelled: false,
  code: 'PAY_PROCESS_CANCELED',
  csv: `section,row,seat,grade,x,y,flags\n${seats.join('\n')}\n`,
  day: '2026-01-01',
  endsAt: '+29d',
  from: '2026-01-01',
  grade: 'VIP',
  // An inventory has seats or pools.
  layout: null,
  opensAt: '-1h',
  saleEndsAt: '2030-06-01T00:00:00.000Z',
  saleOpensAt: '2030-01-01T00:00:00.000Z',
  prices: { VIP: 60_000, R: 60_000, S: 60_000, A: 60_000 },
  startsAt: '+30d',
  to: '2099-01-01',
};

/** A value the schema accepts; ids in it belong to nothing that exists. `optional` names properties to be there too. */
export function validValue(schema: JsonSchema, optional: ReadonlySet<string> = new Set()): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  if (schema.anyOf !== undefined) return validValue(schema.anyOf[0] ?? {}, optional);
  switch (schema.type) {
    case 'object':
      return validObject(schema, optional);
    case 'array':
      return Array.from({ length: Math.max(1, schema.minItems ?? 0) }, () => validValue(schema.items ?? {}));
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 1, Math.min(1, schema.maximum ?? 1));
    case 'boolean':
      return true;
    case 'null':
      return null;
    case 'string':
    case undefined:
    default:
      return validString(schema);
  }
}

/** Values the schema accepts: each alternative, as little as it takes, and that with each thing it may have besides. */
export function validValues(schema: JsonSchema): unknown[] {
  if (schema.anyOf !== undefined) return schema.anyOf.flatMap(validValues);
  const required = new Set(schema.required);
  const besides = Object.keys(schema.properties ?? {}).filter((name) => !required.has(name));
  const least = (schema.minProperties ?? 0) > required.size ? [] : [validValue(schema)];
  return [...least, ...besides.map((name) => validValue(schema, new Set([name])))];
}

function validObject(schema: JsonSchema, optional: ReadonlySet<string>): Record<string, unknown> {
  const required = new Set(schema.required);
  const properties = Object.entries(schema.properties ?? {});
  const wanted = properties.filter(([name]) => required.has(name) || optional.has(name));
  const missing = Math.max(0, (schema.minProperties ?? 0) - wanted.length);
  const besides = properties.filter((property) => !wanted.includes(property)).slice(0, missing);
  return Object.fromEntries(
    [...wanted, ...besides].map(([name, property]) => [name, validProperty(name, property)]),
  );
}

function validProperty(name: string, schema: JsonSchema): unknown {
  const isTold = name in byName && Compile(schema as TSchema).Check(byName[name]);
  return isTold ? byName[name] : validValue(schema);
}

// Finding one takes longer than asking a route about it.
const matches = new Map<JsonSchema, string>();

function validString(schema: JsonSchema): string {
  const format = schema.format === undefined ? undefined : byFormat[schema.format];
  if (format !== undefined) return format();
  const least = Math.max(1, schema.minLength ?? 0);
  const plain = 'x'.repeat(least);
  if (schema.pattern === undefined || new RegExp(schema.pattern, 'u').test(plain)) return plain;
  const known = matches.get(schema);
  if (known !== undefined) return known;
  const most = schema.maxLength ?? 200;
  const matching = fc
    .stringMatching(new RegExp(schema.pattern))
    .filter((text) => text.length >= least && text.length <= most);
  const [match = ''] = fc.sample(matching, { numRuns: 1, seed: 7 });
  matches.set(schema, match);
  return match;
}
