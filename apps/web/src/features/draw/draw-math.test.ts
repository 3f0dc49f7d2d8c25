import assert from 'node:assert/strict';
import { test } from 'node:test';
// Draws of queue-service's own code: secret, roster root, and proofs of some members, leavers among the others.
import vectors from './draw-vectors.json' with { type: 'json' };
import { checkProof, heldDraw, isSecretKept, numberOf } from './draw-math.ts';

const eventId = '0199c0de-0000-7000-8000-000000000000';

test('a browser computes the same numbers as queue-service', async () => {
  for (const { proofs, ...draw } of vectors)
    for (const { index, number } of proofs)
      assert.equal(await numberOf(draw, index), number, `${index} of ${draw.size}`);
});

test('every member of a lobby has a number of their own', async () => {
  const [, , , draw] = vectors;
  assert.ok(draw !== undefined);
  const numbers = await Promise.all(Array.from({ length: draw.size }, (_, index) => numberOf(draw, index)));
  assert.equal(new Set(numbers).size, draw.size);
  assert.deepEqual([Math.min(...numbers), Math.max(...numbers)], [1, draw.size]);
  for (const index of [-1, draw.size, 0.5]) await assert.rejects(numberOf(draw, index), RangeError);
});

test('a secret that was exchanged is found out', async () => {
  for (const draw of vectors) {
    assert.ok(await isSecretKept(draw));
    assert.ok(!(await isSecretKept({ ...draw, secret: '33'.repeat(32) })));
  }
});

test('a proof leads to the root, and no changed one does', async () => {
  for (const { proofs, ...draw } of vectors) {
    for (const proof of proofs) {
      const whole = { ...proof, eventId, size: draw.size, rosterRoot: draw.rosterRoot };
      const checked = await checkProof(draw, whole);
      assert.deepEqual([checked.isInRoster, checked.isNumberRight], [true, true]);
      assert.equal(checked.steps.at(-1)?.result ?? checked.leaf, draw.rosterRoot);
      const forged = [
        { ...whole, accountId: eventId },
        { ...whole, salt: '00'.repeat(32) },
        { ...whole, path: [...whole.path, '11'.repeat(32)] },
        ...(whole.path.length > 0 ? [{ ...whole, path: whole.path.slice(1) }] : []),
      ];
      for (const one of forged) assert.ok(!(await checkProof(draw, one)).isInRoster);
      assert.ok(!(await checkProof(draw, { ...whole, number: whole.number + 1 })).isNumberRight);
    }
  }
});

test('before opening there is nothing to check', () => {
  const [draw] = vectors;
  assert.ok(draw !== undefined);
  const { secret, rosterRoot, size, secretHash } = draw;
  const document = { eventId, algorithm: 'urr-draw-1', secretHash, size, rosterRoot, drawnAt: null };
  assert.equal(heldDraw({ ...document, secret: null }), undefined);
  assert.equal(heldDraw({ ...document, secret })?.size, size);
});
