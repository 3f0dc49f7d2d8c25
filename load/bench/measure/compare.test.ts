import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Volley } from '../client/volley.ts';
import { compare, compareAnew, type Side } from './compare.ts';

function volley(perSecond: number): Volley {
  return {
    answers: perSecond,
    answersInAll: perSecond + 1,
    seconds: 1,
    perSecond,
    bytesPerAnswer: 100,
    clientBusy: 0.5,
  };
}

function plannedSide(name: string, rates: readonly number[], log: string[]): Side {
  const left = [...rates];
  const server = {
    pause: () => void log.push(`pause ${name}`),
    resume: () => void log.push(`resume ${name}`),
    crashed: new Promise<never>(() => {}),
    lastWords: () => 'nothing',
    processorSeconds: () => undefined,
  };
  return {
    name,
    servers: [server],
    measure: async () => {
      log.push(`measure ${name}`);
      return volley(left.shift() ?? Number.NaN);
    },
  };
}

test('sides take turns, and the one not measured is paused', async () => {
  const log: string[] = [];
  await compare(plannedSide('a', [1, 1, 1], log), plannedSide('b', [1, 1, 1], log), 2);
  assert.deepEqual(
    log.filter((entry) => entry.startsWith('measure')),
    ['measure a', 'measure b', 'measure a', 'measure b', 'measure a', 'measure b'],
  );
  const whileA = log.slice(0, log.indexOf('measure a'));
  assert.deepEqual(whileA, ['pause b', 'resume a']);
  assert.deepEqual(log.slice(-2), ['resume a', 'resume b']);
});

test('the value is the median of the ratios of each round, the warm-up left out', async () => {
  const measured = plannedSide('a', [1_000, 10, 30, 20], []);
  const reference = plannedSide('b', [1, 10, 10, 40], []);
  const comparison = await compare(measured, reference, 3);
  assert.deepEqual(comparison.ratios, [1, 3, 0.5]);
  assert.deepEqual(comparison.ratio, { median: 1, min: 0.5, max: 3 });
  assert.deepEqual(comparison.measured.perSecond, { median: 20, min: 10, max: 30 });
});

test('several turns make a round, each side first in every other', async () => {
  const log: string[] = [];
  const measured = plannedSide('a', [1_000, 10, 50, 20, 40], log);
  const comparison = await compare(measured, plannedSide('b', [1, 20, 10, 10, 10], log), 2, 2);
  assert.equal(
    log
      .filter((entry) => entry.startsWith('measure'))
      .map((entry) => entry.at(-1))
      .join(''),
    'ababbaabba',
  );
  assert.deepEqual(comparison.ratios, [2, 3]);
  assert.equal(comparison.measured.perSecond.max, 30);
});

test('sides that start anew are warmed up and measured in each round, and stopped after it', async () => {
  const log: string[] = [];
  const rates = [
    { a: [1_000, 10], b: [1, 5] },
    { a: [1_000, 30], b: [1, 10] },
  ];
  const start = async () => {
    const { a = [], b = [] } = rates.shift() ?? {};
    const [measured, reference] = [plannedSide('a', a, log), plannedSide('b', b, log)];
    return { measured, reference, stop: async () => void log.push('stop') };
  };
  const comparison = await compareAnew(['a', 'b'], start, 2, 1);
  assert.deepEqual(comparison.ratios, [2, 3]);
  assert.deepEqual(
    log.filter((entry) => /^(?:measure|stop)/.test(entry)).map((entry) => entry.split(' ').at(-1)),
    ['a', 'b', 'a', 'b', 'stop', 'a', 'b', 'a', 'b', 'stop'],
  );
});

test('a server both sides need is never paused', async () => {
  const log: string[] = [];
  const [one, other] = [plannedSide('a', [1, 1], log), plannedSide('b', [1, 1], log)];
  const shared = plannedSide('shared', [], log).servers;
  await compare(
    { ...one, servers: [...one.servers, ...shared] },
    { ...other, servers: [...other.servers, ...shared] },
    1,
  );
  assert.ok(!log.includes('pause shared'));
});

test('a server that crashes while it is measured ends the comparison', async () => {
  const [one, other] = [plannedSide('a', [1, 1], []), plannedSide('b', [1, 1], [])];
  const [server] = one.servers;
  assert.ok(server);
  const crashing: Side = {
    ...one,
    servers: [{ ...server, crashed: Promise.reject(new Error('a ended by itself')) }],
    measure: () => new Promise(() => {}),
  };
  await assert.rejects(compare(crashing, other, 1), /a ended by itself/);
});
