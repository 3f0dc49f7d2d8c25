import assert from 'node:assert/strict';
import { test } from 'node:test';
import { actionsFor, nextMoment, phaseOf } from './line-actions.ts';

const calm = { isPaused: false, isDraining: false };

test('only what would change something is offered', () => {
  assert.deepEqual(actionsFor({ phase: 'scheduled', ...calm }), ['open']);
  assert.deepEqual(actionsFor({ phase: 'lobby', ...calm }), ['open', 'pause']);
  assert.deepEqual(actionsFor({ phase: 'lobby', ...calm, isPaused: true }), ['resume', 'open']);
  assert.deepEqual(actionsFor({ phase: 'open', ...calm }), ['pause', 'drain']);
  assert.deepEqual(actionsFor({ phase: 'paused', ...calm, isPaused: true }), ['resume', 'drain']);
  assert.deepEqual(actionsFor({ phase: 'draining', ...calm, isDraining: true }), ['resume', 'pause']);
  assert.deepEqual(actionsFor({ phase: 'soldout', ...calm, isPaused: true }), ['resume', 'drain']);
  for (const phase of ['ended', 'cancelled']) assert.deepEqual(actionsFor({ phase, ...calm }), []);
});

test('the clock counts to the lobby, the opening, the end, and then to nothing', () => {
  const times = { lobbyOpensAt: 'a', opensAt: 'b', endsAt: 'c' };
  const moments = ['scheduled', 'lobby', 'drawing', 'paused', 'ended'].map((phase) =>
    nextMoment({ phase, ...times }),
  );
  assert.deepEqual(
    moments.map((moment) => moment?.at),
    ['a', 'b', 'c', 'c', undefined],
  );
  assert.equal(phaseOf('lobby'), 'lobby');
  assert.equal(phaseOf('unheard-of'), 'open');
});
