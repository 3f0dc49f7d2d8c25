import type { AuditReport } from './audit/audit-platform.ts';
import type { StepLatency } from './engine/latencies.ts';

/** Outcome of a drill. */
export interface DrillReport {
  readonly end: string;
  readonly seed: number;
  readonly fans: number;
  /** From the start of the command to the end of the audit. */
  readonly wallSeconds: number;
  /** From the opening of the sale to its end. */
  readonly saleSeconds: number;
  readonly holdP99Ms: number;
  readonly latencies: Readonly<Record<string, StepLatency>>;
  readonly endings: Readonly<Record<string, number>>;
  readonly refusals: Readonly<Record<string, number>>;
  readonly restarts: Readonly<Record<string, number>>;
  /** Absent when the databases could not be read. */
  readonly audit: AuditReport | undefined;
  /** What can be seen from outside, in place of an audit of the databases. */
  readonly publicAudit: Partial<AuditReport> | undefined;
  readonly notAudited: readonly string[];
}

/** Figures that must be 0. */
const guarantees = [
  'oversold',
  'undersold',
  'paidWithoutTicket',
  'ticketWithoutPayment',
  'duplicatePlaces',
  'orderInversions',
  'pacingViolations',
  'lostPlaces',
  'ledgerDifferences',
  'doubleCharges',
  'idempotencyViolations',
  'limitViolations',
  'unsettledPayments',
] as const satisfies readonly (keyof AuditReport)[];

/** Names of the guarantees that did not hold. */
export function brokenGuarantees(report: DrillReport): string[] {
  const audit = report.audit ?? report.publicAudit ?? {};
  return guarantees.filter((name) => (audit[name] ?? 0) !== 0);
}

/** The report as one flat JSON object. */
export function reportJson(report: DrillReport): Record<string, unknown> {
  const { audit, publicAudit, ...rest } = report;
  const unknown = Object.fromEntries(['seats', 'sold', ...guarantees].map((name) => [name, null]));
  return { ...unknown, ...publicAudit, ...audit, ...rest, broken: brokenGuarantees(report) };
}

/** The report for a person. */
export function reportText(report: DrillReport): string {
  return [
    '',
    ...auditLines(report),
    '',
    `ended ${report.end} after ${report.saleSeconds.toFixed(1)} s of sale, ${report.wallSeconds.toFixed(1)} s in all`,
    ...countLines('endings', report.endings),
    ...countLines('refusals', report.refusals),
    ...countLines('restarts', report.restarts),
    '',
    ...latencyLines(report.latencies),
    '',
    verdict(report),
  ].join('\n');
}

function auditLines(report: DrillReport): string[] {
  const audit: Partial<AuditReport> = report.audit ?? report.publicAudit ?? {};
  const shown = (value: number | undefined) => value ?? 'not audited';
  return [
    `seats ${shown(audit.seats)} · sold ${shown(audit.sold)} · free ${shown(audit.free)} · places still in line ${shown(audit.stillWaiting)}`,
    ...guarantees.map((name) => `  ${name.padEnd(22)} ${shown(audit[name])}`),
    ...findingLines(report),
    ...report.notAudited.map((what) => `NOT AUDITED: ${what}`),
  ];
}

/** What broke, with examples. */
export function findingLines({ audit, publicAudit }: DrillReport): string[] {
  const { findings = [] } = audit ?? publicAudit ?? {};
  return findings.flatMap((finding) => [
    `  ✗ ${finding.check}: ${finding.count}`,
    ...finding.examples.map((example) => `      ${example}`),
  ]);
}

function countLines(title: string, counts: Readonly<Record<string, number>>): string[] {
  const entries = Object.entries(counts).toSorted(([, left], [, right]) => right - left);
  return entries.length === 0
    ? []
    : [`${title}: ${entries.map(([name, count]) => `${name} ${count}`).join(', ')}`];
}

function latencyLines(latencies: Readonly<Record<string, StepLatency>>): string[] {
  const cell = (value: number) => String(value).padStart(9);
  const heading = ['count', 'p50', 'p95', 'p99', 'max'].map((name) => name.padStart(9)).join('');
  const rows = Object.entries(latencies).map(
    ([step, { count, p50, p95, p99, max }]) =>
      step.padEnd(22) + [count, p50, p95, p99, max].map((value) => cell(value)).join(''),
  );
  return [`${'milliseconds'.padEnd(22)}${heading}`, ...rows];
}

function verdict(report: DrillReport): string {
  const broken = brokenGuarantees(report);
  if (broken.length > 0) return `BROKEN: ${broken.join(', ')}`;
  return report.audit === undefined
    ? 'Nothing broken that can be seen from outside; the rest was NOT AUDITED.'
    : 'Every guarantee held.';
}
