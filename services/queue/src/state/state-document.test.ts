import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { StateDocument } from '@urr/contracts/queue.ts';
import fc from 'fast-check';
import { Value } from 'typebox/value';
import type { Sale } from '../line/line-store.ts';
import type { LiveSale } from '../line/live-sales.ts';
import { hotStateDocument, stateBytes, stateDocument } from './state-document.ts';

const sale: Sale = {
  eventId: '0199c0de-0000-7000-8000-000000000000',
  seenAt: new Date('2026-12-31T00:40:00Z'),
  ownerId: '0199c0de-0000-7000-8000-000000000001',
  epoch: 1_800_000_000,
  phase: 'draining',
  lobbyOpensAt: new Date('2026-12-31T00:00:00Z'),
  opensAt: new Date('2026-12-31T00:30:00Z'),
  endsAt: new Date('2027-12-31T00:30:00Z'),
  secondsToLobby: 0,
  capacity: 100,
  ratePerSecond: 100,
  threshold: 0,
  slotSeconds: 600,
  claimSeconds: 60,
  isPaused: true,
  isDraining: true,
  notice: null,
  issued: 0,
  serving: 0,
  active: 0,
  secret: randomBytes(32),
  secretHash: randomBytes(32),
  leafKey: randomBytes(32),
  lobbySize: null,
  rosterRoot: null,
  drawnAt: null,
  checkout: null,
  needsTick: false,
};

test('the document never exceeds 400 bytes, and the notice is always in it', () => {
  const grade = fc.record({
    grade: fc.stringMatching(/^[A-Z0-9][A-Z0-9-]{0,31}$/),
    left: fc.integer({ min: 0, max: 999_999 }),
  });
  const notice = fc.record({
    ko: fc.string({ unit: fc.constantFrom('표', '잠', 'a'), maxLength: 40 }),
    en: fc.stringMatching(/^[a-z ]{0,80}$/),
  });
  fc.assert(
    fc.property(
      fc.array(grade, { maxLength: 30 }),
      notice,
      fc.nat(9_999_999),
      fc.double({ min: 0.001, max: 1e5, noNaN: true }),
      (stock, given, issued, speed) => {
        const live: LiveSale = {
          sale: { ...sale, issued, notice: given },
          bearable: null,
          order: undefined,
          speed,
          stock,
        };
        const document = stateDocument(live);
        assert.ok(
          hotStateDocument(document).body.length <= stateBytes,
          String(hotStateDocument(document).body.length),
        );
        assert.deepEqual(document.notice, given);
        assert.ok(Value.Check(StateDocument, document));
      },
    ),
  );
});

test('stock by grade is in the document of an ordinary hall', () => {
  const stock = ['VIP', 'R', 'S', 'A'].map((grade) => ({ grade, left: 12_345 }));
  const document = stateDocument({
    sale: { ...sale, issued: 1_000_000 },
    bearable: null,
    order: undefined,
    speed: 50,
    stock,
  });
  assert.deepEqual(document.stock, { VIP: 12_345, R: 12_345, S: 12_345, A: 12_345 });
});

test('the same state has the same ETag on every replica', () => {
  const live: LiveSale = { sale, bearable: null, order: undefined, speed: 1, stock: [] };
  assert.equal(hotStateDocument(stateDocument(live)).etag, hotStateDocument(stateDocument({ ...live })).etag);
});
