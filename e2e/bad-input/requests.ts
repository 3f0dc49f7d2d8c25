import type { RouteContract } from '@urr/contracts/route-contract.ts';
import { Compile } from 'typebox/compile';
import { badValues } from './invalid-values.ts';
import type { JsonSchema } from './json-schema.ts';
import { validValue } from './valid-value.ts';

/** One request that a route must refuse or survive. */
export interface BadRequest {
  readonly why: string;
  readonly path: string;
  readonly body?: unknown;
}

const badPathParts = [
  'x',
  '-1',
  '0',
  '9'.repeat(30),
  '%00',
  '%ff',
  '..%2f..',
  'a'.repeat(300),
  '00000000-0000-0000-0000-00000000000Z',
];
const badQueryValues = ['', '-1', '1e999', 'x', '%00', 'a'.repeat(3_000), '[]', '9007199254740993'];

/** Requests that a route's own schemas refuse, each wrong in one place. */
export function refusedRequests(contract: RouteContract): BadRequest[] {
  return [...badPaths(contract), ...badQueries(contract), ...badBodies(contract)];
}

/** Requests its schemas take, but with ids of nothing, odd characters and values at the edge. */
export function hostileRequests(contract: RouteContract): BadRequest[] {
  const path = pathWith(contract, validParts(contract));
  if (contract.body === undefined) return [{ why: 'ids of nothing', path }];
  const accepts = Compile(contract.body);
  const hostile = badValues(contract.body as JsonSchema, (value) => !accepts.Check(value));
  const ids = { why: 'ids of nothing', path, body: validValue(contract.body as JsonSchema) };
  return [ids, ...hostile.map((bad) => ({ why: bad.why, path, body: bad.value }))];
}

function badPaths(contract: RouteContract): BadRequest[] {
  const { params } = contract;
  if (params === undefined) return [];
  const good = validParts(contract);
  const body = contract.body === undefined ? undefined : validValue(contract.body as JsonSchema);
  return Object.entries(params.properties as Record<string, JsonSchema>).flatMap(([name, schema]) => {
    const accepts = Compile(params);
    return badPathParts
      .filter(
        (part) =>
          !accepts.Check({ ...good, [name]: schema.type === 'integer' ? Number(part) : safeDecode(part) }),
      )
      .map((part) => ({
        why: `${name} in the path is ${part.slice(0, 20)}`,
        path: pathWith(contract, { ...good, [name]: part }),
        body,
      }));
  });
}

function badQueries(contract: RouteContract): BadRequest[] {
  const { query } = contract;
  if (query === undefined) return [];
  const path = pathWith(contract, validParts(contract));
  return Object.keys(query.properties).flatMap((name) =>
    badQueryValues.map((value) => ({
      why: `${name} in the query is ${value.slice(0, 20)}`,
      path: `${path}?${name}=${value}`,
    })),
  );
}

function badBodies(contract: RouteContract): BadRequest[] {
  if (contract.body === undefined) return [];
  const accepts = Compile(contract.body);
  const path = pathWith(contract, validParts(contract));
  return badValues(contract.body as JsonSchema, (value) => accepts.Check(value)).map((bad) => ({
    why: bad.why,
    path,
    body: bad.value,
  }));
}

function validParts(contract: RouteContract): Record<string, string> {
  if (contract.params === undefined) return {};
  return validValue(contract.params as JsonSchema) as Record<string, string>;
}

function pathWith(contract: RouteContract, parts: Readonly<Record<string, unknown>>): string {
  return contract.path.replace(/:(\w+)/g, (_, name: string) => String(parts[name]));
}

function safeDecode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
