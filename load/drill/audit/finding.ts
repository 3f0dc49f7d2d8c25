import type pg from 'pg';

/** What one check found: 0 means that the guarantee held. */
export interface Finding {
  readonly check: string;
  readonly count: number;
  /** A few of them, for whoever has to look. */
  readonly examples: readonly string[];
}

/** A query whose rows are violations; each row's columns tell what is wrong. */
export interface ViolationQuery {
  readonly check: string;
  readonly sql: string;
  readonly values: readonly unknown[];
}

const examplesKept = 5;

/** Runs a query for violations. */
export async function findViolations(pool: pg.Pool, query: ViolationQuery): Promise<Finding> {
  const { rows } = await pool.query<Record<string, unknown>>(query.sql, [...query.values]);
  return findingOf(query.check, rows);
}

/** Counts violations found by other means. */
export function findingOf(check: string, violations: readonly object[]): Finding {
  const examples = violations.slice(0, examplesKept).map((violation) => JSON.stringify(violation));
  return { check, count: violations.length, examples };
}

/** Sum of several findings. */
export function countOf(findings: readonly Finding[]): number {
  return findings.reduce((sum, finding) => sum + finding.count, 0);
}
