import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StateDocument } from '@urr/contracts/queue.ts';
import type { Action, Answer, FanRequest } from './engine/action.ts';
import { seededRandom } from './engine/random.ts';
import { createFanContext, type FanContext, type World } from './fan-context.ts';
import { fanLife } from './fan.ts';
import type { FanProfile } from './population.ts';
import { leave } from './steps/join.ts';

const eventId = '00000000-0000-4000-8000-00000000000e';
const calm: FanProfile = {
  index: 7,
  email: 'fan@drill.example',
  address: '10.0.0.7',
  arrival: { kind: 'late', offsetMs: 0 },
  quantity: 2,
  leavesLine: false,
  reloads: false,
  doubleClicks: false,
  hasTwoTabs: false,
  hasTwoDevices: false,
  taste: 'front',
  patience: 4,
  abandonment: undefined,
  payment: 'smooth',
  acceptsEqualSeats: false,
};

function contextOf(profile: Partial<FanProfile>): FanContext {
  const world: World = {
    eventId,
    seed: 1,
    layouts: new Map(),
    wallClockMs: () => 0,
    isOver: () => false,
    observe: () => {},
    count: () => {},
  };
  return createFanContext({ profile: { ...calm, ...profile }, random: seededRandom(5) }, world);
}

const place = { state: 'waiting', receipt: 'signed', number: 3, lobbyIndex: null, ahead: 2, wait: null };
const state: StateDocument = {
  phase: 'open',
  times: [0, 0, 0],
  issued: 3,
  serving: 3,
  rate: 1,
  wait: [0, 1],
  poll: [[10, 1]],
  draw: '',
  stock: { R: 4 },
};
const layout = {
  version: 'v',
  seatCount: 4,
  sections: ['A'],
  grades: ['R'],
  runs: [[0, '1', 4]],
  labels: ['1', '2', '3', '4'],
  x: [0, 50, 50, 50],
  y: [900, 0, 0, 0],
  grade: [0, 0, 0, 0],
};
const created = '2026-01-01T00:00:00Z';
const answers: Readonly<Record<string, Answer>> = {
  joinLine: { status: 200, body: { ...place, slotEndsAt: null, pollAfter: 1 } },
  readLineState: { status: 200, body: state, etag: '"1"' },
  enterSale: { status: 200, body: { entryToken: 'entry', slotEndsAt: created } },
  readSeatStatus: { status: 200, body: { version: '1', layout: 'v', seats: 'AA==', grades: [], pools: [] } },
  readSeatLayout: { status: 200, body: layout },
  reserveSeats: {
    status: 201,
    body: { reservationId: 'r1', createdAt: created, expiresAt: '2026-01-01T00:00:25Z' },
  },
  startPayment: { status: 201, body: { orderId: 'order-1', amount: 200 } },
  providerWindow: { status: 201, body: { paymentKey: 'key' } },
  faultSwitch: { status: 201, body: { id: 1 } },
  confirmPayment: { status: 200, body: { state: 'confirmed', ticketIds: [] } },
  listMyTickets: { status: 200, body: { tickets: [] } },
  leaveLine: { status: 200, body: { state: 'left' } },
  cancelReservation: { status: 200, body: {} },
};

/** Lives a fan against scripted answers; `script` overrides them by step, one after the other. */
function live(context: FanContext, script: Readonly<Record<string, readonly Answer[]>> = {}) {
  const left = new Map(Object.entries(script).map(([step, list]) => [step, [...list]]));
  const sent: FanRequest[][] = [];
  const answerOf = (request: FanRequest) =>
    left.get(request.step)?.shift() ?? answers[request.step] ?? { status: 404, body: {}, code: 'unscripted' };
  const life = fanLife(context);
  let received: readonly Answer[] = [];
  let waitedMs = 0;
  for (let turns = 0; turns < 500; turns += 1) {
    const next: IteratorResult<Action, string> = life.next(received);
    if (next.done === true) return { ending: next.value, sent, waitedMs, steps: stepsOf(sent) };
    received = [];
    if (next.value.kind === 'wait') waitedMs += next.value.milliseconds;
    else {
      sent.push([...next.value.requests]);
      received = next.value.requests.map((request) => answerOf(request));
    }
  }
  throw new Error('the fan never came to an end');
}

function stepsOf(sent: readonly (readonly FanRequest[])[]): string[] {
  return sent.map((requests) => requests.map((request) => request.step).join('+'));
}

test('a calm fan joins, polls, enters, chooses neighbours, pays and looks at the ticket', () => {
  const { ending, sent, steps } = live(contextOf({}));
  assert.equal(ending, 'bought');
  assert.deepEqual(steps, [
    'joinLine',
    'readLineState',
    'enterSale',
    'readSeatStatus',
    'readSeatLayout',
    'reserveSeats',
    'startPayment',
    'providerWindow',
    'confirmPayment',
    'listMyTickets',
  ]);
  const chosen = sent.flat().find((request) => request.step === 'reserveSeats')?.body;
  const [left = 0, right = 0, ...more] = (chosen as { seatIds: number[] }).seatIds;
  assert.equal(right - left, 1);
  assert.deepEqual(more, []);
});

test('the same draws make the same life', () => {
  assert.deepEqual(live(contextOf({})), live(contextOf({})));
});

test('a double click sends the same key twice at once, and both answers are remembered', () => {
  const context = contextOf({ doubleClicks: true });
  const { sent, steps } = live(context);
  assert.ok(steps.includes('reserveSeats+reserveSeats'));
  const [first, second] = sent.find((requests) => requests[0]?.step === 'reserveSeats') ?? [];
  assert.equal(first?.headers?.['idempotency-key'], second?.headers?.['idempotency-key']);
  assert.deepEqual(context.memory.keyed[0]?.reservationIds, ['r1', 'r1']);
});

test('a second device joins and enters at the same moment, from its own session', () => {
  const { sent } = live(contextOf({ hasTwoDevices: true }));
  for (const step of ['joinLine', 'enterSale']) {
    const requests = sent.find((together) => together[0]?.step === step) ?? [];
    assert.deepEqual(
      requests.map((request) => request.isFromOtherDevice === true),
      [false, true],
    );
  }
});

test('a lost race is tried again with another look, under another key', () => {
  const taken = { status: 409, body: {}, code: 'seats-taken' };
  const { ending, sent } = live(contextOf({}), { reserveSeats: [taken, taken] });
  assert.equal(ending, 'bought');
  const keys = sent.flat().flatMap((request) => request.headers?.['idempotency-key'] ?? []);
  assert.equal(new Set(keys).size, keys.length);
});

test('a busy answer is repeated under the same key until it is definite', () => {
  const busy = { status: 503, body: {}, code: 'overloaded', retryAfterMs: 1_000 };
  const nothing = { status: 0, body: undefined, code: 'no-answer' };
  const { ending, sent } = live(contextOf({}), { reserveSeats: [busy, nothing] });
  assert.equal(ending, 'bought');
  const keys = sent
    .flat()
    .filter((request) => request.step === 'reserveSeats')
    .map((request) => request.headers?.['idempotency-key']);
  assert.equal(keys.length, 3);
  assert.equal(new Set(keys).size, 1);
});

test('a declined card is tried again with a new payment', () => {
  const declined = { status: 402, body: {}, code: 'payment-declined' };
  const { ending, sent, steps } = live(contextOf({ payment: 'declined-first' }), {
    confirmPayment: [declined],
  });
  assert.equal(ending, 'bought');
  assert.equal(steps.filter((step) => step === 'startPayment').length, 2);
  const windows = sent.flat().filter((request) => request.step === 'providerWindow');
  assert.deepEqual(
    windows.map((request) => (request.body as { action: string }).action),
    ['decline-at-confirm', 'approve'],
  );
});

test('an unknown outcome is looked up and never paid again', () => {
  const checking = { status: 200, body: { state: 'checking', ticketIds: [] } };
  const { ending, steps } = live(contextOf({ payment: 'provider-silent' }), {
    confirmPayment: [checking],
    readPaymentByOrder: [checking, { status: 200, body: { state: 'confirmed' } }],
  });
  assert.equal(ending, 'bought');
  assert.equal(steps.filter((step) => step === 'startPayment').length, 1);
  assert.equal(steps.filter((step) => step === 'readPaymentByOrder').length, 2);
  assert.equal(steps.filter((step) => step === 'faultSwitch').length, 2);
});

test('who gives a hold up cancels it or waits until it has run out, and leaves', () => {
  const cancelled = live(contextOf({ abandonment: 'cancels' }));
  assert.equal(cancelled.ending, 'abandoned-hold');
  assert.deepEqual(cancelled.steps.slice(-2), ['cancelReservation', 'leaveLine']);
  const expired = live(contextOf({ abandonment: 'lets-expire' }));
  assert.equal(expired.steps.at(-1), 'leaveLine');
  assert.ok(expired.waitedMs > 25_000);
});

test('who waits far back asks for the state as seldom as the table says', () => {
  const far: StateDocument = {
    ...state,
    serving: 0,
    poll: [
      [1, 1],
      [5, 30],
    ],
  };
  const { waitedMs, ending } = live(contextOf({}), {
    readLineState: [{ status: 200, body: far }],
  });
  assert.equal(ending, 'bought');
  assert.ok(waitedMs >= 27_000, `${waitedMs} ms`);
});

test('who asked to leave may have left until a refusal says otherwise, also when the run ends before the answer', () => {
  const leaving = (answer?: Answer) => {
    const context = contextOf({});
    const life = leave(context);
    life.next([]);
    if (answer !== undefined) life.next([answer]);
    return context.memory.hasLeft;
  };
  assert.equal(leaving(), true);
  for (const status of [0, 200, 503]) assert.equal(leaving({ status, body: undefined }), true, `${status}`);
  assert.equal(leaving({ status: 409, body: undefined }), false);
});
