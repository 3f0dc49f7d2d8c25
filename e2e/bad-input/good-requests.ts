import type { RouteContract } from '@urr/contracts/route-contract.ts';
import { Compile } from 'typebox/compile';
import { png } from '../../services/catalog/src/testing/pictures.ts';
import { type IdPlace, idPlaces } from './id-places.ts';
import type { JsonSchema } from './json-schema.ts';
import { validValue, validValues } from './valid-value.ts';
import type { Kind } from './world/world.ts';

/** One request, and what is special about it. */
export interface TriedRequest {
  readonly why: string;
  readonly path: string;
  readonly body?: unknown;
  /** Sent as it is, with its type. */
  readonly rawBody?: { readonly type: string; readonly content: Uint8Array };
  readonly entryToken?: string;
}

/** The ids to be used of a kind; none: those in the request belong to nothing. */
export type IdChoice = (kind: Kind) => readonly unknown[];

/** The parts of a request before it is written down. */
export interface RequestParts {
  readonly params: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

const picture = png();

/** Requests a route's schemas take, about chosen ids: as short as may be, and with each thing that may be there besides. */
export function goodRequests(contract: RouteContract, choose: IdChoice, why: string): TriedRequest[] {
  const written = goodParts(contract, choose).map((parts) => requestOf(contract, parts, why));
  return [...new Map(written.map((request) => [JSON.stringify(request), request])).values()];
}

/** The same before they are written down. */
export function goodParts(contract: RouteContract, choose: IdChoice): RequestParts[] {
  const params = partOf(contract.params);
  const query = partOf(contract.query);
  const bodies = contract.body === undefined ? [undefined] : validValues(contract.body as JsonSchema);
  const accepts = contract.body && Compile(contract.body);
  return bodies
    .flatMap((body) =>
      [false, true].map((withOptional) =>
        filled(contract, structuredClone({ params, query, body }), choose, withOptional),
      ),
    )
    .filter(({ body }) => accepts?.Check(body) ?? true);
}

function partOf(schema: unknown): Record<string, unknown> {
  return schema === undefined ? {} : (validValue(schema as JsonSchema) as Record<string, unknown>);
}

function filled(
  contract: RouteContract,
  parts: RequestParts,
  choose: IdChoice,
  withOptional: boolean,
): RequestParts {
  for (const place of idPlaces(contract)) {
    const ids = choose(place.kind);
    if (ids.length > 0 && (withOptional || isThere(parts, place))) put(parts, place, ids);
  }
  return parts;
}

function isThere(parts: RequestParts, { part, path }: IdPlace): boolean {
  const holder = holderOf(parts, part, path);
  return holder !== undefined && path.at(-1) !== undefined && (path.at(-1) ?? '') in holder;
}

function put(parts: RequestParts, { part, path, form }: IdPlace, ids: readonly unknown[]): void {
  const holder = holderOf(parts, part, path);
  const last = path.at(-1);
  if (holder === undefined || last === undefined) return;
  holder[last] = form === 'one' ? ids[0] : form === 'list' ? [...ids] : ids.join(',');
}

function holderOf(parts: RequestParts, part: IdPlace['part'], path: IdPlace['path']) {
  let holder: unknown = parts[part];
  for (const name of path.slice(0, -1)) holder = (holder as Record<string, unknown> | undefined)?.[name];
  return typeof holder === 'object' && holder !== null
    ? (holder as Record<string | number, unknown>)
    : undefined;
}

/** Writes a request down. */
export function requestOf(contract: RouteContract, parts: RequestParts, why: string): TriedRequest {
  const path = contract.path.replace(/:(\w+)/g, (_, name: string) => String(parts.params[name]));
  const query = new URLSearchParams(
    Object.entries(parts.query).flatMap(([name, value]) =>
      (Array.isArray(value) ? value : [value]).map((one): [string, string] => [name, String(one)]),
    ),
  ).toString();
  return {
    why,
    path: query === '' ? path : `${path}?${query}`,
    ...(contract.rawBody !== undefined && { rawBody: { type: 'image/png', content: picture } }),
    ...(parts.body !== undefined && { body: parts.body }),
  };
}
