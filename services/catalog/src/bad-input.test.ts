import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as routes from '@urr/contracts/catalog.ts';
import { readSales } from '@urr/contracts/catalog-internal.ts';
import { generalProblems } from '@urr/contracts/problems/general.ts';
import type { RouteContract } from '@urr/contracts/route-contract.ts';
import fc from 'fast-check';
import {
  type CatalogUnderTest,
  bodyOf,
  hallImport,
  someone,
  startCatalog,
} from './testing/catalog-under-test.ts';
import { eventInput } from './testing/event-input.ts';

let catalog: CatalogUnderTest;
const organiser = someone('organiser');
before(async () => {
  catalog = await startCatalog();
  bodyOf(await catalog.call(routes.importHall, { body: hallImport('hall'), query: {} }, organiser));
  bodyOf(await catalog.call(routes.createEvent, { body: eventInput('show', 'hall') }, organiser));
});
after(() => catalog.stop());

const contents = async () => {
  const { rows } = await catalog.sql.query(
    `SELECT (SELECT count(*) FROM events)::int AS events, (SELECT max(version) FROM events) AS version,
      (SELECT count(*) FROM layouts)::int AS layouts, (SELECT count(*) FROM artists)::int AS artists,
      (SELECT count(*) FROM audit_log)::int AS audits`,
  );
  return rows[0] as unknown;
};

const junk = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    -1,
    0,
    1e308,
    2 ** 53,
    -(2 ** 31) - 1,
    '',
    ' ',
    '\0',
    '\ud800',
    'x'.repeat(5_000),
    [],
    {},
  ),
  fc.string(),
  fc.double(),
  fc.jsonValue({ maxDepth: 2 }),
);

/** A body that is right but for one place, which holds junk or is gone. */
function spoiled(good: unknown): fc.Arbitrary<unknown> {
  const place = fc.constantFrom(...pathsOf(good));
  return fc.tuple(place, fc.option(junk, { nil: undefined })).map(([path, value]) => put(good, path, value));
}

function put(good: unknown, path: readonly string[], value: unknown): unknown {
  const copy = structuredClone(good) as Record<string, unknown>;
  const parent = path.slice(0, -1).reduce<Record<string, unknown>>((at, key) => at[key] as never, copy);
  parent[path.at(-1) ?? ''] = value;
  return copy;
}

function pathsOf(value: unknown, path: readonly string[] = []): string[][] {
  const self = path.length === 0 ? [] : [[...path]];
  if (typeof value !== 'object' || value === null) return self;
  const inner = Object.entries(value).flatMap(([key, field]) => pathsOf(field, [...path, key]));
  return [...inner, ...self, ...(Array.isArray(value) ? [] : [[...path, 'unknownField']])];
}

async function send(contract: RouteContract, path: string, body: unknown, headers: Record<string, string>) {
  const hasBody = contract.method !== 'GET';
  const response = await fetch(catalog.url + path, {
    method: contract.method,
    headers: { ...headers, ...(hasBody ? { 'content-type': 'application/json' } : {}) },
    ...(hasBody ? { body: typeof body === 'string' ? body : JSON.stringify(body) } : {}),
  });
  return { status: response.status, text: await response.text(), type: response.headers.get('content-type') };
}

function assertDefinite(contract: RouteContract, answer: Awaited<ReturnType<typeof send>>): void {
  assert.ok(answer.status < 500, `${contract.name} ${answer.status} ${answer.text}`);
  if (answer.status < 400) return;
  assert.match(answer.type ?? '', /^application\/problem\+json/);
  const { code } = JSON.parse(answer.text) as { code: string };
  const known = [...Object.keys(generalProblems), ...contract.refusals];
  assert.ok(known.includes(code), `${contract.name} answered ${code}, which its contract does not list`);
}

const withBody: readonly (readonly [RouteContract, unknown])[] = [
  [routes.importHall, hallImport('spoiled', 1)],
  [routes.createEvent, eventInput('spoiled', 'hall')],
  [routes.createEvent, eventInput('spoiled')],
  [routes.importEvent, eventInput('spoiled', 'hall')],
];
for (const [contract, good] of withBody) {
  test(`${contract.name} answers any spoiled body definitely, and a refusal changes nothing`, async () => {
    await fc.assert(
      fc.asyncProperty(spoiled(good), async (body) => {
        const before = await contents();
        const answer = await send(contract, contract.path, body, organiser.headers);
        assertDefinite(contract, answer);
        if (answer.status >= 400) assert.deepEqual(await contents(), before);
      }),
      { numRuns: 150 },
    );
  });
}

test('changeEvent answers any spoiled change definitely, and a refusal changes nothing', async () => {
  const show = bodyOf(await catalog.call(routes.getEvent, { params: { eventId: 'show' } }, organiser));
  const { slug: _slug, ...good } = eventInput('show', 'hall');
  const path = `/api/v1/events/${show.eventId}`;
  await fc.assert(
    fc.asyncProperty(spoiled(good), async (body) => {
      const before = await contents();
      const answer = await send(routes.changeEvent, path, body, organiser.headers);
      assertDefinite(routes.changeEvent, answer);
      if (answer.status >= 400) assert.deepEqual(await contents(), before);
    }),
    { numRuns: 150 },
  );
});

test('a NUL, half a surrogate pair or an unknown field anywhere in an event is refused', async () => {
  for (const good of [eventInput('nul', 'hall'), eventInput('nul')]) {
    for (const path of pathsOf(good)) {
      for (const value of ['\0', '\ud800']) {
        const answer = await send(
          routes.importEvent,
          '/api/v1/events/import',
          put(good, path, value),
          organiser.headers,
        );
        assert.equal(answer.status, 422, `${path.join('.')} ${answer.text}`);
      }
    }
  }
});

const segments = fc.oneof(
  fc.constantFrom(
    '%00',
    '..',
    'import',
    '%ff',
    '%ED%A0%80',
    'x'.repeat(300),
    '00000000-0000-4000-8000-000000000000',
    '-1',
    'A',
  ),
  fc.string().map(encodeURIComponentSafely),
);
for (const contract of routes.catalogRoutes.filter(({ path }) => path.includes(':'))) {
  test(`${contract.name} answers any id definitely`, async () => {
    await fc.assert(
      fc.asyncProperty(segments, async (segment) => {
        const before = await contents();
        const path = contract.path.replace(/:\w+/, segment);
        assertDefinite(contract, await send(contract, path, {}, organiser.headers));
        assert.deepEqual(await contents(), before);
      }),
      { numRuns: 60 },
    );
  });
}

const queryNames = ['q', 'state', 'artist', 'city', 'from', 'to', 'sort', 'mine', 'cursor', 'limit', 'other'];
for (const contract of [routes.listEvents, routes.listArtists, routes.listHalls, readSales]) {
  test(`${contract.name} answers any query definitely`, async () => {
    const value = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '\0',
        '%',
        '1e400',
        '-1',
        '0',
        '101',
        'true',
        '2027-02-30',
        '0000-00-00',
        '+1d',
        'W10',
        'bnVsbA',
      ),
    );
    const query = fc.array(fc.tuple(fc.constantFrom(...queryNames), value), { maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(query, async (pairs) => {
        const text = pairs.map(([name, given]) => `${name}=${encodeURIComponentSafely(given)}`).join('&');
        assertDefinite(
          contract,
          await send(contract, `${contract.path}?${text}`, undefined, organiser.headers),
        );
      }),
      { numRuns: 150 },
    );
  });
}

test('bodies that are no JSON, of another type or too large are refused', async () => {
  const answers = [
    await send(routes.createEvent, '/api/v1/events', '{', organiser.headers),
    await send(routes.createEvent, '/api/v1/events', '', organiser.headers),
    await send(routes.createEvent, '/api/v1/events', 'x'.repeat(70_000), organiser.headers),
    await send(routes.importHall, '/api/v1/halls/import', 'x'.repeat(9 * 1024 * 1024), organiser.headers),
  ];
  assert.deepEqual(
    answers.map(({ status }) => status),
    [400, 400, 413, 413],
  );
});

test('strangers to a route are refused before their input is read', async () => {
  for (const contract of routes.catalogRoutes.filter(({ access }) => access === 'organiser')) {
    const path = contract.path.replace(/:\w+/, '00000000-0000-4000-8000-000000000000');
    assert.equal((await send(contract, path, {}, {})).status, 401);
    assert.equal((await send(contract, path, {}, someone('fan').headers)).status, 403);
  }
});

function encodeURIComponentSafely(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
