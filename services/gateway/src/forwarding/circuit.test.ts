import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ask, type Circuit, closedCircuit, defaultRules, type Outcome, record } from './circuit.ts';

const rules = defaultRules;
const after = (circuit: Circuit, outcomes: readonly Outcome[], now = 0) =>
  outcomes.reduce((state, outcome) => record(state, outcome, now, rules), circuit);
const times = (count: number, outcome: Outcome) => Array.from({ length: count }, () => outcome);

test('ten failures open a closed circuit, nine do not', () => {
  assert.equal(after(closedCircuit(0), times(9, 'failure')).kind, 'closed');
  assert.equal(after(closedCircuit(0), times(10, 'failure')).kind, 'open');
});

test('failures among many successes do not open it, nor do old ones or abandoned calls', () => {
  assert.equal(after(closedCircuit(0), [...times(30, 'success'), ...times(20, 'failure')]).kind, 'closed');
  const old = after(closedCircuit(0), times(9, 'failure'));
  assert.equal(after(old, times(9, 'failure'), rules.windowMs).kind, 'closed');
  assert.equal(after(closedCircuit(0), times(100, 'abandoned')).kind, 'closed');
});

test('an open circuit refuses and tells when to come back; then one probe alone may pass', () => {
  const open = after(closedCircuit(0), times(10, 'failure'));
  const refused = ask(open, 200);
  assert.deepEqual([refused.isAllowed, !refused.isAllowed && refused.retryMs], [false, 300]);
  const probe = ask(open, 500);
  assert.equal(probe.isAllowed, true);
  assert.equal(ask(probe.circuit, 501).isAllowed, false);
  assert.equal(record(probe.circuit, 'success', 600, rules).kind, 'closed');
});

test('a failed probe opens it for longer each time, up to a bound; an abandoned one is repeated at once', () => {
  let circuit = after(closedCircuit(0), times(10, 'failure'));
  let now = 0;
  const waits: number[] = [];
  for (let probe = 0; probe < 8; probe += 1) {
    now = circuit.kind === 'open' ? circuit.until : now;
    circuit = record(ask(circuit, now).circuit, 'failure', now, rules);
    if (circuit.kind === 'open') waits.push(circuit.until - now);
  }
  assert.deepEqual(waits, [1000, 2000, 4000, 4000, 4000, 4000, 4000, 4000]);
  now = circuit.kind === 'open' ? circuit.until : now;
  const abandoned = record(ask(circuit, now).circuit, 'abandoned', now, rules);
  assert.equal(ask(abandoned, now).isAllowed, true);
});

test('whatever happens, a circuit lets a call through again within its longest time', () => {
  const step = fc.record({
    wait: fc.integer({ min: 0, max: 3_000 }),
    outcome: fc.constantFrom<Outcome>('success', 'failure', 'abandoned'),
    reports: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
      let circuit = closedCircuit(0);
      let now = 0;
      for (const { wait, outcome, reports } of steps) {
        now += wait;
        const permission = ask(circuit, now);
        circuit = permission.circuit;
        if (permission.isAllowed && reports) circuit = record(circuit, outcome, now, rules);
      }
      assert.equal(ask(circuit, now + rules.longestOpenMs).isAllowed, true);
    }),
  );
});
