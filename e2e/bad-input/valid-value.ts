import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { JsonSchema } from './json-schema.ts';

const byFormat: Readonly<Record<string, () => string>> = {
  uuid: () => randomUUID(),
  email: () => `${randomUUID()}@example.com`,
  'date-time': () => '2031-01-01T00:00:00.000Z',
  date: () => '2031-01-01',
  uri: () => 'https://example.com/',
};

/** A value the schema accepts; ids in it belong to nothing that exists. */
export function validValue(schema: JsonSchema): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  if (schema.anyOf !== undefined) return validValue(schema.anyOf[0] ?? {});
  switch (schema.type) {
    case 'object':
      return validObject(schema);
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

function validObject(schema: JsonSchema): Record<string, unknown> {
  const required = new Set(schema.required);
  const properties = Object.entries(schema.properties ?? {}).filter(([name]) => required.has(name));
  return Object.fromEntries(properties.map(([name, property]) => [name, validValue(property)]));
}

function validString(schema: JsonSchema): string {
  const format = schema.format === undefined ? undefined : byFormat[schema.format];
  if (format !== undefined) return format();
  const least = Math.max(1, schema.minLength ?? 0);
  const plain = 'x'.repeat(least);
  if (schema.pattern === undefined || new RegExp(schema.pattern, 'u').test(plain)) return plain;
  const most = schema.maxLength ?? 200;
  const matching = fc
    .stringMatching(new RegExp(schema.pattern))
    .filter((text) => text.length >= least && text.length <= most);
  return fc.sample(matching, { numRuns: 1, seed: 7 })[0] ?? '';
}
