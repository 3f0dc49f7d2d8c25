import assert from 'node:assert/strict';
import { test } from 'node:test';
import { actorKind, auditChanges } from './audit-changes.ts';

const settings = {
  opensAt: '2027-01-01T11:00:00.000Z',
  capacity: 100,
  ratePerSecond: 10,
  isPaused: false,
  isDraining: false,
  notice: null,
};

test('only what changed is told, from before to after', () => {
  assert.deepEqual(auditChanges(settings, { ...settings, capacity: 250 }), [
    { kind: 'count', field: 'capacity', before: 100, after: 250 },
  ]);
  assert.deepEqual(auditChanges(settings, settings), []);
  const opened = { ...settings, opensAt: '2027-01-01T10:00:00.000Z' };
  assert.deepEqual(auditChanges(settings, opened), [
    { kind: 'moment', field: 'opensAt', before: settings.opensAt, after: opened.opensAt },
  ]);
});

test('a pause tells its notice, and the end of a pause that the notice is gone', () => {
  const notice = { ko: '점검 중', en: 'Checking' };
  const paused = { ...settings, isPaused: true, notice };
  assert.deepEqual(auditChanges(settings, paused), [
    { kind: 'flag', field: 'isPaused', after: true },
    { kind: 'notice', before: null, after: notice },
  ]);
  assert.deepEqual(auditChanges(paused, settings), [
    { kind: 'flag', field: 'isPaused', after: false },
    { kind: 'notice', before: notice, after: null },
  ]);
});

test('a new line has no before, and its flags go without saying', () => {
  const changes = auditChanges(null, { capacity: 5, slotSeconds: 600, isCancelled: false, surprise: [] });
  assert.deepEqual(changes, [
    { kind: 'count', field: 'capacity', before: null, after: 5 },
    { kind: 'count', field: 'slotSeconds', before: null, after: 600 },
  ]);
  assert.deepEqual(auditChanges('x', 7), []);
});

test('who acted is the reader, another person or a service', () => {
  const id = '0199c0de-0000-7000-8000-000000000000';
  assert.equal(actorKind(id, id), 'self');
  assert.equal(actorKind(id, undefined), 'account');
  assert.equal(actorKind('catalog-service', id), 'system');
});
