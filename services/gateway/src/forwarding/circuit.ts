/** When a circuit opens and closes. Times in milliseconds. */
export interface CircuitRules {
  readonly windowMs: number;
  /** Fewest outcomes in a window before it may open. */
  readonly fewest: number;
  /** Share of failures, 0 to 1, at which it opens. */
  readonly share: number;
  readonly openMs: number;
  readonly longestOpenMs: number;
}

/** State of one upstream's circuit. */
export type Circuit =
  | { readonly kind: 'closed'; readonly since: number; readonly successes: number; readonly failures: number }
  | { readonly kind: 'open'; readonly until: number; readonly openMs: number }
  | { readonly kind: 'half-open'; readonly until: number; readonly openMs: number };

/** How a call ended; `abandoned` says nothing about the upstream. */
export type Outcome = 'success' | 'failure' | 'abandoned';

/** Whether a call may go out, and the state after the question. */
export type Permission =
  | { readonly isAllowed: true; readonly circuit: Circuit }
  | { readonly isAllowed: false; readonly circuit: Circuit; readonly retryMs: number };

/** Opens when half of at least ten calls in ten seconds failed; asks again after half a second, then ever later: a restart takes one. */
export const defaultRules: CircuitRules = {
  windowMs: 10_000,
  fewest: 10,
  share: 0.5,
  openMs: 500,
  longestOpenMs: 4_000,
};

/** A circuit without any history. */
export function closedCircuit(now: number): Circuit {
  return { kind: 'closed', since: now, successes: 0, failures: 0 };
}

/** Asks for permission to call. When an open circuit's time is over, one single call probes. */
export function ask(circuit: Circuit, now: number): Permission {
  if (circuit.kind === 'closed') return { isAllowed: true, circuit };
  if (now < circuit.until) return { isAllowed: false, circuit, retryMs: circuit.until - now };
  // A probe that never reports back must not keep the circuit open for ever: another may go after the same time.
  const probing: Circuit = { kind: 'half-open', until: now + circuit.openMs, openMs: circuit.openMs };
  return { isAllowed: true, circuit: probing };
}

/** The state after a call's outcome. */
export function record(circuit: Circuit, outcome: Outcome, now: number, rules: CircuitRules): Circuit {
  if (circuit.kind === 'open') return circuit;
  if (circuit.kind === 'half-open') return afterProbe(circuit, outcome, now, rules);
  if (outcome === 'abandoned') return circuit;
  const window = now - circuit.since >= rules.windowMs ? { since: now, successes: 0, failures: 0 } : circuit;
  const successes = window.successes + (outcome === 'success' ? 1 : 0);
  const failures = window.failures + (outcome === 'failure' ? 1 : 0);
  const total = successes + failures;
  const opens = outcome === 'failure' && total >= rules.fewest && failures / total >= rules.share;
  if (opens) return { kind: 'open', until: now + rules.openMs, openMs: rules.openMs };
  return { kind: 'closed', since: window.since, successes, failures };
}

function afterProbe(
  circuit: Extract<Circuit, { kind: 'half-open' }>,
  outcome: Outcome,
  now: number,
  rules: CircuitRules,
): Circuit {
  switch (outcome) {
    case 'success':
      return closedCircuit(now);
    case 'failure': {
      const openMs = Math.min(circuit.openMs * 2, rules.longestOpenMs);
      return { kind: 'open', until: now + openMs, openMs };
    }
    case 'abandoned':
      return { kind: 'open', until: now, openMs: circuit.openMs };
  }
}
