import { type BenchKey, benchKeys, benchLines } from '../lines.ts';
import type { Machine } from './machine.ts';
import { isGood, type Outcome } from './outcome.ts';

/** The object `--json` prints: the value of every line, null when it was not measured, and the details. */
export function jsonReport(outcomes: ReadonlyMap<BenchKey, Outcome>, machine: Machine): object {
  const values = benchKeys.map((key) => {
    const outcome = outcomes.get(key);
    return [key, outcome?.kind === 'measured' ? Number(outcome.figure.value.toFixed(3)) : null] as const;
  });
  const lines = [...outcomes].map(([key, outcome]) => [key, detailsOf(key, outcome)] as const);
  return { ...Object.fromEntries(values), details: { machine, lines: Object.fromEntries(lines) } };
}

function detailsOf(key: BenchKey, outcome: Outcome): object {
  const { bound, limit } = benchLines[key];
  const judged = { isGood: isGood(key, outcome), bound, limit };
  if (outcome.kind === 'failed') return { ...judged, fault: outcome.fault };
  const { figure } = outcome;
  return figure.kind === 'ratio' ? { ...judged, ...figure.comparison } : { ...judged, ...figure.details };
}
