import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fastify } from 'fastify';
import { entryToken, person, startGateway, startUpstream } from '../gateway.fixture.ts';

const ticket = await startUpstream();
const gateway = await startGateway(ticket.origin, { RATE_LIMIT_BOOKING_PER_MINUTE: '100000' });
const fan = person();
const body = '{"eventId":"e","seatIds":[1]}';
const json = { 'content-type': 'application/json' };

const tricks = [
  '/api/v1/seats/reserve',
  '/api/seats/reserve',
  '/api/v1/seats/reserve/',
  '/api/v1/seats/reserve?x=1',
  '/api/v1//seats/reserve',
  '//api/v1/seats/reserve',
  '/api//seats/reserve',
  '/api/v1/seats//reserve',
  '/api/v1/seats/reserve//',
  '/api/seats/./reserve',
  '/api/v1/seats/x/../reserve',
  '/api/v1/./seats/reserve',
  '/api/v1/events/../seats/reserve',
  '/api/v1/../v1/seats/reserve',
  '/api/seats%2freserve',
  '/api/seats%2Freserve',
  '/api/v1%2fseats/reserve',
  '/api/v1/seats%252freserve',
  '/api/v1/%73eats/reserve',
  '/api/v1/seats/%72eserve',
  '/api/v1/seats/%2572eserve',
  '/%61pi/seats/reserve',
  '/api/v1/seats/%2e/reserve',
  '/api/v1/seats/x/%2e%2e/reserve',
  '/api/v1/seats/.%2e/reserve',
  '/api/v1/seats;a=b/reserve',
  '/api/v1/seats/reserve;jsessionid=1',
  '/api/v1/seats/reserve%3b',
  '/api/v1/seats\\reserve',
  '/api/v1/seats/%5creserve',
  '/api/v1/seats%5creserve',
  '/API/V1/SEATS/RESERVE',
  '/api/v1/Seats/Reserve',
  '/api/v1/seats/reserve%00',
  '/api/v1/seats/reserve%20',
  '/api/v1/seats/reserve%0a',
  '/api/v1/seats/reserve%',
  '/api/v1/seats/reserve%zz',
  '/api/v1/seats/reserve%c0%af',
  '/api/v1/seats/reserve.',
  '/api/v1/seats/reserve#x',
  '/api/v1/seats/reserve?',
  '/api/v1/api/v1/seats/reserve',
  '/api/v2/seats/reserve',
  '/api/v1/v1/seats/reserve',
  'http://elsewhere/api/v1/seats/reserve',
  'api/v1/seats/reserve',
  '*',
  '/api/v1/seats/reserve?/../x',
  '/api/v1/seats/%ef%bd%92eserve',
];

test('no spelling of a path reaches seats/reserve without an entry token', async () => {
  for (const path of tricks) {
    for (const method of ['POST', 'PUT', 'PATCH']) {
      const answer = await gateway.send(method, path, { ...fan.authorization, ...json }, body);
      assert.ok([400, 403, 404, 405].includes(answer.status), `${method} ${path}: ${answer.status}`);
      assert.notEqual(answer.code, undefined, `${method} ${path} is refused by a problem document`);
    }
  }
  assert.deepEqual(ticket.received, []);
});

test('with an entry token, only the one canonical path is ever forwarded', async () => {
  const headers = { ...fan.authorization, ...json, 'x-queue-entry-token': entryToken(fan.accountId) };
  for (const path of tricks) await gateway.send('POST', path, headers, body);
  const paths = new Set(ticket.received.map((request) => request.url.split('?', 1)[0]));
  assert.deepEqual([...paths], ['/api/v1/seats/reserve']);
  assert.ok(ticket.received.length >= 6);
});

test('internal routes cannot be reached, in any spelling and with any header', async () => {
  ticket.received.length = 0;
  const headers = { ...person('admin').authorization, 'x-internal-token': 'x'.repeat(64) };
  const paths = [
    '/internal/sales',
    '/api/internal/sales',
    '/api/v1/internal/sales',
    '/api/v1/../../internal/sales',
  ];
  for (const path of [
    ...paths,
    '/api/v1/%2e%2e/%2e%2e/internal/sales',
    '/%69nternal/sales',
    '//internal/sales',
  ]) {
    const answer = await gateway.send('GET', path, headers);
    assert.ok([400, 404].includes(answer.status), `${path}: ${answer.status}`);
  }
  assert.deepEqual(ticket.received, []);
});

test('an unknown address is 404, a wrong method 405 with the methods allowed', async () => {
  assert.equal((await gateway.send('GET', '/api/v1/nothing')).code, 'route-not-found');
  const wrong = await gateway.send('DELETE', '/api/v1/seats/reserve');
  assert.equal(wrong.code, 'method-not-allowed');
  assert.equal(wrong.headers['allow'], 'POST');
});

test('control: a check of the path as it was sent is passed by another spelling of it', async () => {
  const app = fastify();
  app.addHook('onRequest', (request, reply, done) => {
    const path = request.raw.url ?? '';
    if (path.startsWith('/api/v1/seats/')) return void reply.code(403).send();
    done();
  });
  app.post('/api/v1/seats/reserve', () => 'reserved');
  assert.equal((await app.inject({ method: 'POST', url: '/api/v1/seats/reserve' })).statusCode, 403);
  const url = '/api/v1/%73eats/reserve';
  assert.equal((await app.inject({ method: 'POST', url })).body, 'reserved');
  const answer = await gateway.send('POST', url, { ...fan.authorization, ...json }, body);
  assert.equal(answer.code, 'entry-token-missing');
});
