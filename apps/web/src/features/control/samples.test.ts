import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  minutesOf,
  perSecond,
  pointsOf,
  ratesOf,
  ratesUntilNow,
  type Sample,
  withPast,
  withSample,
} from './samples.ts';

const at = (seconds: number, issued = 0, serving = 0, active = 0): Sample => ({
  atMs: 1_800_000_000_000 + seconds * 1000,
  issued,
  serving,
  active,
});
const steady = (from: number, to: number, step = 1) => {
  const samples: Sample[] = [];
  for (let second = from; second <= to; second += step) samples.push(at(second, second * 3, second, 5));
  return samples;
};

test('samples older than ten minutes fall out, and an answer that came late changes nothing', () => {
  let samples: readonly Sample[] = [];
  for (const sample of steady(0, 900)) samples = withSample(samples, sample);
  assert.equal(samples.length, 601);
  assert.equal(samples[0]?.issued, 900);
  assert.equal(withSample(samples, at(500)), samples);
  assert.equal(withSample(samples, at(900)), samples);
});

test("the server's memory stands before what the page saw, once", () => {
  const own = steady(300, 310);
  const past = steady(-400, 305, 5);
  const all = withPast(own, past);
  assert.equal(all[0]?.atMs, at(-290).atMs);
  assert.deepEqual(all.slice(-11), own);
  assert.equal(new Set(all.map(({ atMs }) => atMs)).size, all.length);
  assert.deepEqual(withPast([], past.slice(-2)), past.slice(-2));
  const hidden = [...steady(0, 20), ...steady(100, 120)];
  const filled = withPast(hidden, steady(0, 120, 5));
  assert.ok(filled.every(({ atMs }, index) => atMs - (filled[index - 1]?.atMs ?? atMs) <= 5_000));
});

test('the present rate is over the last seconds, and unknown after one look or a hole', () => {
  assert.equal(perSecond(steady(0, 60), 'issued'), 3);
  assert.equal(perSecond([at(0)], 'issued'), null);
  assert.equal(perSecond([], 'serving'), null);
  assert.equal(perSecond([at(0, 5), at(120, 500)], 'issued'), null);
  assert.equal(
    perSecond([at(0, 9), at(5, 4)], 'issued'),
    0,
    'a line that was put back has no negative arrivals',
  );
});

test('a chart has a hole where nobody looked', () => {
  const samples = [at(0, 1), at(5, 2), at(60, 9), at(65, 10)];
  assert.deepEqual(
    pointsOf(samples, ({ issued }) => issued).map(({ value }) => value),
    [1, 2, null, 9, 10],
  );
  const rates = ratesOf([...steady(0, 30), ...steady(120, 150)], 'issued');
  assert.deepEqual(
    rates.map(({ value }) => value),
    [3, 3, 3, null, 3, 3, 3],
  );
});

test('the line of a rate ends where the present rate is', () => {
  const samples = [...steady(0, 12), at(13, 100, 12), at(14, 100, 12)];
  const points = ratesUntilNow(samples, 'issued');
  assert.equal(points.at(-1)?.atMs, at(14).atMs);
  assert.equal(points.at(-1)?.value, perSecond(samples, 'issued'));
  assert.ok(points.every(({ atMs }, index) => atMs > (points[index - 1]?.atMs ?? 0)));
  assert.deepEqual(ratesUntilNow([], 'issued'), []);
});

test('the table counts each minute, newest first, and leaves out the minutes nobody saw', () => {
  const minutes = minutesOf(steady(0, 180));
  assert.deepEqual(
    minutes.map(({ minutesAgo, joined, called }) => [minutesAgo, joined, called]),
    [
      [0, 180, 60],
      [1, 180, 60],
      [2, 180, 60],
      [3, 0, 0],
    ],
  );
  const [now] = minutes;
  assert.deepEqual([now?.waiting, now?.active], [360, 5]);
  const torn = minutesOf([...steady(0, 30), ...steady(170, 200)]);
  assert.deepEqual(
    torn.map(({ minutesAgo }) => minutesAgo),
    [0, 3],
  );
});
