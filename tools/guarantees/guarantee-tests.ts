const ticket = testsIn('services/ticket/src/guarantees');
const payment = testsIn('services/payment/src/guarantees');
const catalog = testsIn('services/catalog/src/guarantees');
const queue = testsIn('services/queue/src/guarantees');
const auth = testsIn('services/auth/src/guarantees');
const platform = testsIn('packages/platform/src');

function testsIn(folder: string) {
  return (...names: readonly string[]): readonly string[] => names.map((name) => `${folder}/${name}.test.ts`);
}

/** Test files of each guarantee, from the repository's root; `docs/guarantees.md` names each of them. */
export const guaranteeTests = {
  G1: ticket('no-oversell', 'pool-sells-exactly-its-places', 'ticket-is-used-once', 'limit-per-account'),
  G2: ticket('hold-always-expires'),
  G3: ticket('all-or-none'),
  G4: [
    ...payment(
      'money-and-tickets-agree',
      'one-key-one-payment',
      'charged-once-refunded-once',
      'both-paths-lead-to-the-same-state',
      'webhooks-are-hints',
      'cancelled-event-is-refunded',
      'unknown-payment-keeps-the-hold',
    ),
    ...ticket(
      'money-and-tickets-agree',
      'back-only-by-its-own-holder',
      'cancelled-event-sells-nothing',
      'cancelled-event-gives-all-back',
      'limit-survives-late-money',
      'unknown-payment-keeps-the-hold',
    ),
  ],
  G5: [
    ...payment('payments-survive-kill'),
    ...catalog('published-means-pushed', 'no-dangling-image'),
    'load/guarantees/survives-kill.test.ts',
    'load/guarantees/chaos.cluster.test.ts',
    'load/guarantees/rolling.cluster.test.ts',
  ],
  G6: queue('one-place-per-account', 'line-outlives-redis'),
  G7: queue('pacing', 'pacing-outlives-failover'),
  G8: queue('fair-order'),
  G9: [
    'services/gateway/src/guarantees/entry-check-has-no-way-around.test.ts',
    ...ticket('entry-token', 'entry-ends-with-its-slot'),
    ...queue('entry-token', 'released-slot-is-announced'),
  ],
  G10: [
    ...platform('event-bus', 'digest-together', 'outbox', 'outbox-failures'),
    ...platform('kafka/kafka-bus', 'kafka/brokers-come-and-go', 'kafka/replicas-come-and-go', 'kafka/poison'),
    'tools/dlq/dead-letters-are-replayed.test.ts',
  ],
  G11: [
    ...queue('own-sale-alone'),
    'services/catalog/src/events/organiser.test.ts',
    'e2e/bad-input/bad-input.test.ts',
  ],
  G12: platform('idempotency'),
  G13: [
    ...payment('answers-in-bounded-time'),
    'services/gateway/src/forwarding/forwarding.test.ts',
    'e2e/bad-input/bad-input.test.ts',
  ],
  sessions: auth('reuse-ends-the-family'),
  mail: auth('owed-mail-is-sent'),
} as const satisfies Readonly<Record<string, readonly string[]>>;
