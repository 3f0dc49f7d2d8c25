import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProblemCode } from '@urr/contracts/problem-table.ts';
import type { Place, StateDocument } from '@urr/contracts/queue.ts';
import { absenceOf, nowMs, opensAt, placeOf, sightOf, stateOf } from '../line.fixture.ts';
import { type Sight, standingOf } from '../page/standing.ts';
import type { Answer } from './desk.ts';
import { LineWatch } from './line-watch.ts';
import type { View } from './watch-ports.ts';

interface Script {
  state?: Partial<StateDocument>;
  own?: Answer<Place>;
  join?: (receipt: string | null) => Answer<Place>;
  enter?: () => Answer<unknown>;
  isHidden?: boolean;
  receipt?: string | null;
}

const ok = <Body>(body: Body): Answer<Body> => ({ kind: 'ok', body });
const refusal = (code: ProblemCode, retryAfterSeconds: number | null = null): Answer<never> => ({
  kind: 'refused',
  problem: { code, type: '', title: code, status: 409, detail: '' },
  retryAfterSeconds,
});

// A page without a browser: time passes when it is told to.
function stage(sight: Partial<Sight>, script: Script, wantsIn = false) {
  let now = nowMs;
  let timers: { readonly at: number; readonly act: () => void }[] = [];
  const done: string[] = [];
  const shown: View[] = [];
  const tell = <Body>(name: string, answer: Answer<Body>) => {
    done.push(name);
    return Promise.resolve(answer);
  };
  const watch = new LineWatch(
    {
      desk: {
        look: () => tell('look', ok(stateOf(script.state))),
        own: () => tell('own', script.own ?? ok(absenceOf('none'))),
        join: (receipt) => tell('join', script.join?.(receipt) ?? ok(placeOf())),
        enter: () => tell('enter', script.enter?.() ?? ok({})),
        leave: () => tell('leave', ok({})),
      },
      receipts: {
        read: () => script.receipt ?? null,
        keep: (receipt) => (script.receipt = receipt),
        forget: () => (script.receipt = null),
      },
      alarm: { ring: () => void done.push('ring'), quiet: () => {} },
      nowMs: () => now,
      random: () => 0,
      isHidden: () => script.isHidden === true,
      after: (ms, act) => {
        const timer = { at: now + ms, act };
        timers.push(timer);
        return () => (timers = timers.filter((other) => other !== timer));
      },
      show: (view) => void shown.push(view),
      goToSeats: () => void done.push('seats'),
      callText: '',
    },
    sightOf(sight),
    wantsIn,
  );
  const settle = async () => {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  };
  const pass = async (seconds: number) => {
    const until = now + seconds * 1000;
    for (;;) {
      const next = timers.filter(({ at }) => at <= until).toSorted((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      timers = timers.filter((timer) => timer !== next);
      now = Math.max(now, next.at);
      next.act();
      await settle();
    }
    now = until;
  };
  const standing = () => standingOf(watch.view.sight);
  return { watch, script, done, shown, pass, settle, standing };
}

const outside = { place: absenceOf('none') };
const called = { place: placeOf({ number: 800 }) };

test('who is called is told, and enters by itself after three seconds', async () => {
  const { watch, done, pass } = stage(called, {});
  await watch.start();
  await pass(2.5);
  assert.deepEqual([done.includes('ring'), done.includes('enter')], [true, false]);
  await pass(1);
  assert.deepEqual(done.slice(-2), ['enter', 'seats']);
  await pass(60);
  assert.equal(done.at(-1), 'seats');
});

test('a page that nobody sees rings, keeps the turn and enters when it is seen', async () => {
  const { watch, done, pass, script } = stage(called, { isHidden: true });
  await watch.start();
  await pass(120);
  assert.deepEqual([done.includes('ring'), done.includes('enter')], [true, false]);
  script.isHidden = false;
  script.own = ok(placeOf({ state: 'called', number: 800 }));
  await watch.lookNow(true);
  await pass(4);
  assert.equal(done.at(-1), 'seats');
});

test('who comes to join where nobody waits is inside without seeing a line', async () => {
  const { watch, done, shown, settle } = stage(
    { ...outside, state: stateOf({ issued: 812 }) },
    { join: () => ok(placeOf({ state: 'called', number: 813 })) },
    true,
  );
  await watch.start();
  await settle();
  assert.deepEqual(done, ['join', 'enter', 'seats']);
  assert.ok(shown.every(({ step }) => step.kind !== 'entering-in'));
});

test('nobody joins who did not ask for it', async () => {
  const { watch, done, pass } = stage(outside, {});
  await watch.start();
  await pass(30);
  assert.ok(!done.includes('join'));
});

test('a place the line has lost comes back by its receipt; somebody else’s receipt joins nobody', async () => {
  const given: (string | null)[] = [];
  const join = (receipt: string | null) => (given.push(receipt), ok(placeOf()));
  const mine = stage(outside, { receipt: 'mine', join });
  await mine.watch.start();
  await mine.settle();
  assert.deepEqual([given, mine.standing()], [['mine'], 'waiting']);
  const other = stage(outside, { receipt: 'theirs', join: () => refusal('receipt-not-valid') });
  await other.watch.start();
  await other.pass(30);
  assert.deepEqual([other.done.filter((name) => name === 'join').length, other.script.receipt], [1, null]);
  assert.equal(other.standing(), 'outside-open');
});

test('an intent to join outlives a lobby that is not open, a slow line and a lost answer', async () => {
  const answers: Answer<Place>[] = [
    { kind: 'unknown', retryAfterSeconds: null },
    refusal('overloaded', 2),
    ok(placeOf()),
  ];
  const { watch, pass, done, script } = stage(
    {
      ...outside,
      state: stateOf({ phase: 'scheduled', times: [opensAt + 605, opensAt + 900, opensAt + 9_000] }),
    },
    {
      state: { phase: 'scheduled', times: [opensAt + 605, opensAt + 900, opensAt + 9_000] },
      join: () => answers.shift() ?? ok(placeOf()),
    },
    true,
  );
  await watch.start();
  await pass(4);
  assert.ok(!done.includes('join'));
  script.state = { phase: 'lobby' };
  await pass(20);
  assert.equal(done.filter((name) => name === 'join').length, 3);
  assert.equal(watch.view.sight.place?.number, 2_048);
});

test('who is refused at the door goes on asking, and is let in when there is room', async () => {
  let refusals = 3;
  const { watch, pass, done, shown } = stage(called, {
    enter: () => (refusals-- > 0 ? refusal('not-your-turn', 1) : ok({})),
  });
  await watch.start();
  await pass(15);
  assert.equal(done.at(-1), 'seats');
  assert.ok(shown.some(({ step }) => step.kind === 'slot-soon'));
  assert.equal(done.filter((name) => name === 'ring').length, 1);
});

test('a slot that was used up, a line that is gone and a session that is over are said', async () => {
  const used = stage(called, { enter: () => refusal('place-used') });
  await used.watch.start();
  await used.pass(4);
  assert.equal(used.standing(), 'done');
  const closed = stage(outside, { join: () => refusal('line-closed') }, true);
  await closed.watch.start();
  await closed.pass(10);
  assert.deepEqual(
    [closed.watch.view.refused?.title, closed.done.filter((name) => name === 'join').length],
    ['line-closed', 1],
  );
  const over = stage({ session: 'unknown', place: null }, { own: refusal('unauthenticated') });
  await over.watch.start();
  assert.equal(over.standing(), 'sign-in');
});

test('the number is asked for once, after the draw', async () => {
  const { watch, done, pass, script, standing } = stage(
    { place: placeOf({ state: 'lobby', number: null }), state: stateOf({ phase: 'lobby', issued: 40 }) },
    { state: { phase: 'lobby', issued: 40 }, own: ok(placeOf()) },
  );
  await watch.start();
  await pass(10);
  assert.ok(!done.includes('own'));
  script.state = { phase: 'drawing', issued: 40 };
  await pass(6);
  assert.ok(!done.includes('own'));
  script.state = { phase: 'open', issued: 40, serving: 10 };
  await pass(6);
  assert.deepEqual([done.filter((name) => name === 'own').length, standing()], [1, 'waiting']);
});

test('who leaves is out, and stays out', async () => {
  const { watch, done, pass, standing, script } = stage({}, { receipt: 'mine' });
  await watch.start();
  await watch.leave();
  script.own = ok(absenceOf('left'));
  await pass(90);
  assert.deepEqual([standing(), script.receipt, done.includes('join')], ['left', null, false]);
});
