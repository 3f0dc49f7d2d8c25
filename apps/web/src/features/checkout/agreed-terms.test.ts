import assert from 'node:assert/strict';
import { test } from 'node:test';
import { haveAgreed, keepAgreement } from './agreed-terms.ts';

const order = { reservationId: 'r1', amount: 66_000, refundableUntil: '2026-12-19T10:30:00.000Z' };

function store() {
  const kept = new Map<string, string>();
  return {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
  };
}

test('who has agreed is not asked again for the same order', () => {
  const kept = store();
  assert.equal(haveAgreed(kept, order), false);
  keepAgreement(kept, order);
  assert.equal(haveAgreed(kept, order), true);
});

test('other conditions, or another order, are agreed to anew', () => {
  const kept = store();
  keepAgreement(kept, order);
  assert.equal(haveAgreed(kept, { ...order, amount: 77_000 }), false);
  assert.equal(haveAgreed(kept, { ...order, refundableUntil: '2026-12-18T10:30:00.000Z' }), false);
  assert.equal(haveAgreed(kept, { ...order, reservationId: 'r2' }), false);
});

test('a browser that keeps nothing asks every time', () => {
  const closed = {
    getItem: () => {
      throw new Error('denied');
    },
    setItem: () => {
      throw new Error('denied');
    },
  };
  keepAgreement(closed, order);
  assert.equal(haveAgreed(closed, order), false);
});
