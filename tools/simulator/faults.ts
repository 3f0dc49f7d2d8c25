import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { firstFault } from './opening.ts';
import { ProviderError } from './provider-error.ts';

const maxRules = 100;

const calls = [
  'confirm',
  'cancel',
  'virtual-accounts',
  'get',
  'transactions',
  'webhook',
  'checkout',
] as const;
export type Call = (typeof calls)[number];

const apiKinds = [
  'slow',
  'approve-then-timeout',
  'error-before-commit',
  'error-after-commit',
  'reset-before-commit',
  'reset-after-commit',
  'rate-limited',
  'consecutive-request',
] as const;
const webhookKinds = ['duplicate', 'reorder', 'done-then-aborted', 'lost'] as const;
const checkoutKinds = ['omit-order-id'] as const;

type FaultKind = (typeof apiKinds)[number] | (typeof webhookKinds)[number] | (typeof checkoutKinds)[number];

const kindsOf: Record<Call, readonly FaultKind[]> = {
  confirm: apiKinds,
  cancel: apiKinds,
  'virtual-accounts': apiKinds,
  get: apiKinds,
  transactions: apiKinds,
  webhook: webhookKinds,
  checkout: checkoutKinds,
};

const FaultBody = Type.Object(
  {
    call: Type.Enum([...calls]),
    kind: Type.Enum([...apiKinds, ...webhookKinds, ...checkoutKinds]),

    probability: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
    /** How often it strikes; null is until it is removed. */
    count: Type.Optional(Type.Union([Type.Integer({ minimum: 1 }), Type.Null()])),
    delayMs: Type.Optional(Type.Integer({ minimum: 0, maximum: 600_000 })),
    code: Type.Optional(Type.String({ pattern: '^[A-Z][A-Z0-9_]{0,63}$' })),
    orderId: Type.Optional(Type.String({ maxLength: 64 })),
  },
  { additionalProperties: false },
);
const faultBody = Compile(FaultBody);

export type FaultRule = {
  id: number;
  call: Call;
  kind: FaultKind;
  probability: number;
  remaining: number | null;
  hits: number;
  delayMs: number | undefined;
  code: string | undefined;
  orderId: string | undefined;
};

type Occasion = { call: Call; orderId: string | undefined; kind?: FaultKind };

/** The operator's switches. They live in memory: a restart clears them. */
export type Faults = {
  add(body: unknown): FaultRule;
  list(): FaultRule[];
  remove(id: number): boolean;
  clear(): void;
  /** The first rule that strikes here; striking uses it up by one. */
  take(occasion: Occasion): FaultRule | undefined;
};

export function createFaults(random: () => number = Math.random): Faults {
  const rules = new Map<number, FaultRule>();
  let lastId = 0;
  return {
    add(body) {
      if (rules.size >= maxRules) throw new ProviderError('INVALID_REQUEST', `at most ${maxRules} faults`);
      lastId += 1;
      const rule = parseRule(lastId, body);
      rules.set(rule.id, rule);
      return rule;
    },
    list: () => [...rules.values()],
    remove: (id) => rules.delete(id),
    clear: () => rules.clear(),
    take(occasion) {
      for (const rule of rules.values()) {
        if (!concerns(rule, occasion) || random() >= rule.probability) continue;
        rule.hits += 1;
        if (rule.remaining !== null) rule.remaining -= 1;
        return rule;
      }
      return undefined;
    },
  };
}

function concerns(rule: FaultRule, occasion: Occasion): boolean {
  return (
    rule.call === occasion.call &&
    rule.remaining !== 0 &&
    (occasion.kind === undefined || rule.kind === occasion.kind) &&
    (rule.orderId === undefined || rule.orderId === occasion.orderId)
  );
}

function parseRule(id: number, body: unknown): FaultRule {
  if (!faultBody.Check(body)) throw new ProviderError('INVALID_REQUEST', firstFault(faultBody.Errors(body)));
  const fault: Static<typeof FaultBody> = body;
  if (!kindsOf[fault.call].includes(fault.kind)) {
    throw new ProviderError('INVALID_REQUEST', `${fault.call} knows ${kindsOf[fault.call].join(', ')}`);
  }
  return {
    id,
    call: fault.call,
    kind: fault.kind,
    probability: fault.probability ?? 1,
    remaining: fault.count === undefined ? 1 : fault.count,
    hits: 0,
    delayMs: fault.delayMs,
    code: fault.code,
    orderId: fault.orderId,
  };
}
