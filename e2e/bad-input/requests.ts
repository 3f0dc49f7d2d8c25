import type { RouteContract } from '@urr/contracts/route-contract.ts';
import { Compile } from 'typebox/compile';
import { Value } from 'typebox/value';
import { goodParts, type IdChoice, requestOf, type TriedRequest } from './good-requests.ts';
import { badValues } from './invalid-values.ts';
import type { JsonSchema } from './json-schema.ts';

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
const queryValues = ['', '-1', '1e999', '0.5', 'x', '\u0000', 'a'.repeat(3_000), '[]', '9007199254740993'];

/** Requests that a route's own schemas refuse, each wrong in one place and about chosen ids in all others. */
export function refusedRequests(contract: RouteContract, choose: IdChoice): TriedRequest[] {
  return [
    ...badPaths(contract, choose),
    ...queries(contract, choose, 'refused'),
    ...badBodies(contract, choose),
    ...badRawBodies(contract, choose),
  ];
}

/** Requests its schemas take, about chosen ids, but with odd characters and values at the edge. */
export function oddRequests(contract: RouteContract, choose: IdChoice): TriedRequest[] {
  const parts = partsOf(contract, choose);
  if (contract.body === undefined) return queries(contract, choose, 'taken');
  const accepts = Compile(contract.body);
  const odd = badValues(contract.body as JsonSchema, parts.body, (value) => !accepts.Check(value));
  const bodies = odd.map(({ why, value }) => requestOf(contract, { ...parts, body: value }, why));
  return [...queries(contract, choose, 'taken'), ...bodies];
}

function partsOf(contract: RouteContract, choose: IdChoice) {
  const [parts] = goodParts(contract, choose);
  if (parts === undefined) throw new Error(`${contract.name} takes nothing that could be made up`);
  return parts;
}

function badPaths(contract: RouteContract, choose: IdChoice): TriedRequest[] {
  const { params } = contract;
  if (params === undefined) return [];
  const parts = partsOf(contract, choose);
  const accepts = Compile(params);
  return Object.keys(params.properties).flatMap((name) =>
    badPathParts
      .filter((part) => !accepts.Check(Value.Convert(params, { ...parts.params, [name]: safeDecode(part) })))
      .map((part) => {
        const wrong = { ...parts, params: { ...parts.params, [name]: part } };
        return requestOf(contract, wrong, `${name} in the path is ${part.slice(0, 20)}`);
      }),
  );
}

// A query is text: what it says is made a number or a boolean where one is wanted, and then judged.
function queries(contract: RouteContract, choose: IdChoice, wanted: 'refused' | 'taken'): TriedRequest[] {
  const { query } = contract;
  if (query === undefined) return [];
  const accepts = Compile(query);
  const parts = partsOf(contract, choose);
  const tried = Object.keys(query.properties).flatMap((name) => [
    ...queryValues.map((value) => ({ name, value, what: value.slice(0, 20) })),
    { name, value: ['1', '2'], what: 'given twice' },
  ]);
  const isTaken = (given: object) => accepts.Check(Value.Convert(query, structuredClone(given)));
  return [...tried, { name: '__unknown__', value: '1', what: 'unknown' }]
    .map(({ name, value, what }) => ({ given: { ...parts.query, [name]: value }, name, what }))
    .filter(({ given }) => isTaken(given) === (wanted === 'taken'))
    .map(({ given, name, what }) =>
      requestOf(contract, { ...parts, query: given }, `${name} in the query is ${what}`),
    );
}

function badBodies(contract: RouteContract, choose: IdChoice): TriedRequest[] {
  if (contract.body === undefined) return [];
  const accepts = Compile(contract.body);
  const parts = partsOf(contract, choose);
  return badValues(contract.body as JsonSchema, parts.body, (value) => accepts.Check(value)).map((bad) =>
    requestOf(contract, { ...parts, body: bad.value }, bad.why),
  );
}

function badRawBodies(contract: RouteContract, choose: IdChoice): TriedRequest[] {
  const [type] = contract.rawBody ?? [];
  if (type === undefined) return [];
  const { why: _why, rawBody: _good, ...rest } = requestOf(contract, partsOf(contract, choose), '');
  const text = Buffer.from('no picture');
  return [
    { ...rest, why: 'nothing', rawBody: { type, content: Buffer.alloc(0) } },
    { ...rest, why: 'not what its type says', rawBody: { type, content: text } },
    { ...rest, why: 'a type it does not take', rawBody: { type: 'application/json', content: text } },
    {
      ...rest,
      why: 'too large',
      rawBody: { type, content: Buffer.alloc((contract.bodyLimit ?? 65_536) + 1) },
    },
  ];
}

function safeDecode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
