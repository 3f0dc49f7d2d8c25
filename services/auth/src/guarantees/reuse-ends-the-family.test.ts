import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SignedIn } from '@urr/contracts/auth.ts';
import { startAuth } from '../auth.fixture.ts';

const auth = await startAuth();
const refresh = (refreshToken: string) => auth.post('refresh', { refreshToken });

async function stolen() {
  const fan = await auth.registerFan();
  const successor = (await refresh(fan.refreshToken)).json<SignedIn>().refreshToken;
  await auth.pool.query(
    "UPDATE refresh_tokens SET used_at = used_at - interval '1 minute' WHERE session_id = $1",
    [fan.sessionId],
  );
  return { copy: fan.refreshToken, successor, sessionId: fan.sessionId };
}

const stateOf = async (sessionId: string) =>
  (await auth.pool.query('SELECT ended_because FROM sessions WHERE id = $1', [sessionId])).rows[0]
    ?.ended_because as string | null;

test('reuse of an old refresh token ends its family, committed although the request is refused', async () => {
  const { copy, successor, sessionId } = await stolen();
  assert.equal((await refresh(copy)).json<{ code: string }>().code, 'session-over');
  assert.equal(await stateOf(sessionId), 'reuse');
  const audit = await auth.pool.query('SELECT action, after FROM audit_log WHERE subject = $1', [
    `session:${sessionId}`,
  ]);
  assert.equal(audit.rows[0]?.action, 'session.end');
  assert.equal((await refresh(successor)).json<{ code: string }>().code, 'session-over');
});

test('thief and owner at the same moment: at most one goes on, and the family is over', async () => {
  const { copy, successor, sessionId } = await stolen();
  const answers = await Promise.all([refresh(copy), refresh(successor), refresh(copy)]);
  const passed = answers.filter((answer) => answer.statusCode === 200);
  assert.ok(passed.length <= 1);
  assert.equal(await stateOf(sessionId), 'reuse');
  for (const answer of passed)
    assert.equal((await refresh(answer.json<SignedIn>().refreshToken)).statusCode, 401);
});

test('control: with the revocation in the transaction that the refusal rolls back, the family lives on', async () => {
  const { copy, successor, sessionId } = await stolen();
  const client = await auth.pool.connect();
  await client.query('BEGIN');
  const rotated = await client.query(
    "SELECT outcome FROM rotate_refresh_token(sha256($1::bytea), '\\x00', interval '10 s', interval '7 days', 'x')",
    [Buffer.from(copy)],
  );
  assert.equal(rotated.rows[0]?.outcome, 'reused');
  await client.query('ROLLBACK');
  client.release();
  assert.equal(await stateOf(sessionId), null);
  assert.equal((await refresh(successor)).statusCode, 200);
});
