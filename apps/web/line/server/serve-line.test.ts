import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { absenceOf, placeOf, stateOf } from '../line.fixture.ts';
import { createLinePages } from './serve-line.ts';

const eventId = '0199c0de-0000-7000-8000-000000000000';
const text = { ko: '공연', en: 'Show' };
const event = { eventId, slug: 'show', title: text, venue: { name: text }, startsAt: '2026-12-01T11:00:00Z' };
const entryCookie = 'urr-entry-token=t; Max-Age=600; Path=/api; HttpOnly; SameSite=Lax';

interface Call {
  readonly route: string;
  readonly headers: IncomingHttpHeaders;
}

type Answers = Readonly<Record<string, readonly [status: number, body: unknown]>>;

async function listen(context: TestContext, listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function stage(context: TestContext, answers: Answers = {}) {
  const calls: Call[] = [];
  const all: Answers = {
    'GET events/show': [200, event],
    'GET state': [200, stateOf()],
    'GET me': [200, absenceOf('none')],
    'POST join': [200, placeOf()],
    'POST enter': [200, { entryToken: 't', slotEndsAt: '2026-12-01T11:00:00Z' }],
    ...answers,
  };
  const gatewayUrl = await listen(context, (request, response) => {
    const route = `${request.method} ${(request.url ?? '').replace(/^\/api\/v1\/(queue\/[^/]+\/)?/, '')}`;
    calls.push({ route, headers: request.headers });
    const [status, body] = all[route] ?? [
      404,
      { code: 'event-not-found', status: 404, title: '', detail: '' },
    ];
    const type = status < 400 ? 'application/json' : 'application/problem+json';
    const cookie = route === 'POST enter' ? { 'set-cookie': entryCookie } : {};
    response.writeHead(status, { 'content-type': type, ...cookie }).end(JSON.stringify(body));
  });
  const serve = createLinePages({
    gatewayUrl,
    frontendSecret: 'secret',
    publicOrigin: 'https://urr.example',
  });
  const origin = await listen(context, (request, response) => {
    if (!serve(request, response)) response.writeHead(418).end();
  });
  const press = (action: string, headers: Record<string, string> = {}) =>
    fetch(`${origin}/ko/events/show/line`, {
      method: 'POST',
      body: new URLSearchParams({ action }),
      redirect: 'manual',
      headers: { cookie: 'access_token=mine', origin, ...headers },
    });
  return { origin, calls, press, routes: () => calls.map(({ route }) => route) };
}

test('a press on a page of another site does nothing', async (context) => {
  const { press, routes } = await stage(context);
  for (const origin of ['https://evil.example', 'null', 'http://127.0.0.1.evil.example']) {
    const answer = await press('join', { origin, 'sec-fetch-site': 'cross-site' });
    assert.deepEqual(
      [answer.status, answer.headers.get('location')],
      [303, '/ko/events/show/line?refused=foreign'],
    );
  }
  assert.deepEqual(routes(), []);
  const own = await press('leave', { origin: 'https://urr.example' });
  assert.equal(own.status, 303);
  assert.ok(routes().includes('POST leave'));
});

test('a press joins with the reader’s own session and comes back to the line', async (context) => {
  const { press, calls } = await stage(context);
  const answer = await press('join');
  assert.deepEqual([answer.status, answer.headers.get('location')], [303, '/ko/events/show/line']);
  const join = calls.find(({ route }) => route === 'POST join');
  assert.equal(join?.headers.cookie, 'access_token=mine');
  assert.equal(join.headers['x-frontend-verified'], 'secret');
  // What is answered to all is asked for without anybody's session.
  assert.equal(calls.find(({ route }) => route === 'GET events/show')?.headers.cookie, undefined);
});

test('where nobody waits a press leads straight to the seats, with the entry token', async (context) => {
  const { press } = await stage(context, { 'POST join': [200, placeOf({ state: 'called' })] });
  const answer = await press('join');
  assert.equal(answer.headers.get('location'), '/ko/events/show/seats');
  assert.equal(answer.headers.get('set-cookie'), entryCookie);
});

test('a refusal is shown by the page it comes back to; who is not signed in logs in first', async (context) => {
  const closed = { code: 'line-closed', status: 409, title: '', detail: '' };
  const { press, origin } = await stage(context, { 'POST join': [409, closed] });
  const location = (await press('join')).headers.get('location');
  assert.equal(location, '/ko/events/show/line?refused=line-closed');
  const shown = await (await fetch(`${origin}${location}`)).text();
  assert.ok(shown.includes('대기열이 더 이상 새로 받지 않습니다.'));
  assert.match((await press('join', { cookie: '' })).headers.get('location') ?? '', /^\/ko\/login\?next=/);
  assert.ok(
    !(await (await fetch(`${origin}/ko/events/show/line?refused=constructor`)).text()).includes('undefined'),
  );
});

test('a hundred readers cost one read of the event and one of the state', async (context) => {
  const { origin, routes } = await stage(context);
  const read = async () => (await fetch(`${origin}/ko/events/show/line`)).text();
  await Promise.all(Array.from({ length: 100 }, read));
  assert.deepEqual(routes().toSorted(), ['GET events/show', 'GET state']);
});

test('the page follows its reader: session, language, theme', async (context) => {
  const { origin } = await stage(context, { 'GET me': [401, { code: 'unauthenticated', status: 401 }] });
  const known = async (cookie: string, language = 'ko') => {
    const answer = await fetch(`${origin}/${language}/events/show/line`, { headers: { cookie } });
    return { answer, page: await answer.text() };
  };
  assert.match((await known('')).page, /"session":"signed-out"/);
  // The session may still be renewed: only the browser can tell.
  assert.match((await known('access_token=old; urr-signed-in=1')).page, /"session":"unknown"/);
  const { answer, page } = await known('urr-theme=dark', 'en');
  assert.match(page, /<html lang="en"\s+data-theme="dark"/);
  assert.match(answer.headers.get('content-security-policy') ?? '', /'nonce-/);
  assert.equal((await fetch(`${origin}/ko/events/nobody/line`)).status, 404);
  assert.equal((await fetch(`${origin}/ko/events/show`)).status, 418);
  assert.equal((await fetch(`${origin}/ko/events/show/line`, { method: 'PUT' })).status, 405);
});

test('a gateway that is not there is said, with when to come back', async (context) => {
  const { origin } = await stage(context, { 'GET events/show': [503, { code: 'overloaded', status: 503 }] });
  const answer = await fetch(`${origin}/ko/events/show/line`);
  assert.deepEqual([answer.status, answer.headers.get('retry-after')], [503, '5']);
  assert.match(await answer.text(), /http-equiv="refresh" content="5"/);
});

test('the script is kept for ever under an address of its content, and imports nothing a browser cannot find', async (context) => {
  const { origin } = await stage(context);
  const page = await (await fetch(`${origin}/ko/events/show/line`)).text();
  const addresses = [...page.matchAll(/\/line-assets\/[^"]+/g)].map(([address]) => address);
  assert.ok(addresses.length > 5);
  for (const address of addresses) {
    const answer = await fetch(`${origin}${address}`);
    assert.equal(answer.headers.get('content-type'), 'text/javascript; charset=utf-8');
    assert.match(answer.headers.get('cache-control') ?? '', /immutable/);
    assert.ok(
      !/\b(?:interface|readonly) /.test((await answer.text()).replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')),
      address,
    );
  }
  const [address = ''] = addresses;
  const older = await fetch(`${origin}${address.replace(/assets\/[^/]+/, 'assets/older')}`);
  assert.equal(older.headers.get('cache-control'), 'no-store');
  assert.equal((await fetch(`${origin}/line-assets/x/../../package.json`)).status, 418);
});

test('the line page and all other pages renew a session under the same lock, note and cookie', () => {
  const root = path.join(import.meta.dirname, '../..');
  const [mine, theirs] = ['line/browser/session.ts', 'src/api/session.ts'].map((file) => {
    const source = readFileSync(path.join(root, file), 'utf8');
    return new Set([...source.matchAll(/'(urr[.-][\w-]+)'/g)].map(([, name]) => name));
  });
  assert.deepEqual(mine, theirs);
  assert.equal(mine?.size, 3);
});
