import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reasonOf } from './faults.ts';

test('an error and those it consists of are told once each, however it was wrapped', () => {
  const inner = new Error('connect ECONNREFUSED');
  const several = new AggregateError([inner], 'metadata failed');
  assert.equal(reasonOf(several), 'metadata failed connect ECONNREFUSED');
  const wrapped = new Error(`not written to t: ${reasonOf(several)}`, { cause: several });
  assert.equal(reasonOf(wrapped), 'not written to t: metadata failed connect ECONNREFUSED');
  assert.equal(reasonOf(new Error('no topics', { cause: inner })), 'no topics connect ECONNREFUSED');
  assert.equal(reasonOf(new Error('alone')), 'alone');
});
