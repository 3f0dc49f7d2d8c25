import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { createTestDatabase, type TestDatabase } from '@urr/testkit/test-database.ts';
import fc from 'fast-check';
import pg from 'pg';
import { migrationsFolder } from '../config.ts';
import {
  type AttemptState,
  mayBecome,
  moneyHeld,
  paymentStates,
  paymentTransitions,
} from './payment-state.ts';
import { refundMayBecome, type RefundState, refundStates, refundTransitions } from './refund-state.ts';

let database: TestDatabase;
let client: pg.Client;
before(async () => {
  database = await createTestDatabase({ migrations: migrationsFolder });
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});
after(async () => {
  await client.end();
  await database.drop();
});

const walk = <State extends string>(first: State, transitions: Readonly<Record<State, readonly State[]>>) =>
  fc.array(fc.nat(10), { maxLength: 20 }).map((choices) => {
    const path: State[] = [first];
    for (const choice of choices) {
      const last = path.at(-1) ?? first;
      const next = transitions[last][choice % Math.max(1, transitions[last].length)];
      if (next !== undefined) path.push(next);
    }
    return path;
  });

test('no payment ever comes back to a state it left', () => {
  fc.assert(
    fc.property(
      walk<AttemptState>('created', paymentTransitions),
      (path) => new Set(path).size === path.length,
    ),
  );
});

test('tickets are never reached without taking money first, and money taken ends in tickets or goes back', () => {
  fc.assert(
    fc.property(walk<AttemptState>('created', paymentTransitions), (path) => {
      const captured = path.indexOf('captured');
      const fulfilled = path.indexOf('fulfilled');
      assert.ok(fulfilled === -1 || (captured !== -1 && captured < fulfilled));
      const held = path.findIndex((state) => moneyHeld(state, 100, 0) > 0);
      const after = path.slice(held + 1);
      assert.ok(
        held === -1 || after.every((state) => ['fulfilled', 'refunding', 'refunded'].includes(state)),
      );
    }),
  );
});

test('every payment that is not at its end has a way to an end', () => {
  const ends: readonly AttemptState[] = ['fulfilled', 'refunded', 'failed', 'expired'];
  const reaches = (state: AttemptState): boolean =>
    ends.includes(state) || paymentTransitions[state].some((next) => reaches(next));
  for (const state of paymentStates) assert.ok(reaches(state), state);
});

test('no refund is sent before its amount is fixed, and none leaves an end', () => {
  fc.assert(
    fc.property(walk<RefundState>('requested', refundTransitions), (path) => {
      const sending = path.indexOf('sending');
      assert.ok(sending === -1 || path.indexOf('ready') < sending);
      assert.equal(new Set(path).size, path.length);
    }),
  );
});

test('a refund that waits for its turn is sent, or ends because nothing is left', () => {
  fc.assert(
    fc.property(walk<RefundState>('waiting', refundTransitions), (path) => {
      const sending = path.indexOf('sending');
      assert.ok(sending === -1 || path.indexOf('ready') < sending);
      assert.ok(!path.includes('requested'), 'its tickets are locked already');
    }),
  );
});

test('the database allows exactly the transitions of the table, and each leaves an audit row', async () => {
  for (const from of paymentStates) {
    for (const to of paymentStates) {
      if (from === to) continue;
      const outcome = await tryTransition('payment_attempts', await insertPayment(from), to);
      assert.equal(outcome.isAllowed, mayBecome(from, to), `${from} > ${to}`);
      assert.equal(outcome.audited, mayBecome(from, to) ? 1 : 0);
    }
  }
  for (const from of refundStates) {
    for (const to of refundStates) {
      if (from === to) continue;
      const outcome = await tryTransition('refunds', await insertRefund(from), to);
      assert.equal(outcome.isAllowed, refundMayBecome(from, to), `${from} > ${to}`);
    }
  }
});

async function tryTransition(table: string, id: string, to: string) {
  const isAllowed = await client.query(`UPDATE ${table} SET state = $1 WHERE id = $2`, [to, id]).then(
    () => true,
    () => false,
  );
  const audit = await client.query('SELECT 1 FROM audit_log WHERE subject LIKE $1', [`%:${id}`]);
  return { isAllowed, audited: audit.rowCount };
}

async function insertPayment(state: string): Promise<string> {
  const id = randomUUID();
  await client.query(
    `INSERT INTO payment_attempts (id, order_id, reservation_id, event_id, account_id, amount, order_name, accept_equal_seats,
       hold_expires_at, confirm_key, changed_by, state)
     VALUES ($1::uuid, $2, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 1000, 'x', false, now(), $2, 'test', $3)`,
    [id, `order_${id}`, state],
  );
  return id;
}

async function insertRefund(state: string): Promise<string> {
  const id = randomUUID();
  await client.query(
    `INSERT INTO refunds (id, payment_id, reason, state, amount, cancel_key, changed_by) VALUES ($1::uuid, $2, 'buyer', $3, 10, $1::text, 'test')`,
    [id, await insertPayment('fulfilled'), state],
  );
  return id;
}
