import { callRoute } from '@urr/contracts/call-route.ts';
import { getEvent } from '@urr/contracts/catalog.ts';
import { compareLedger } from '@urr/contracts/payment.ts';
import type { AuditReport, AuditSources } from './audit-platform.ts';
import { countOf } from './finding.ts';
import { findTwoAnswers } from './idempotency.ts';
import { findMoved, findOvertaken } from './places.ts';

/** What somebody without the databases can see. */
export interface PublicSources extends Pick<AuditSources, 'eventId' | 'remembered' | 'keyed'> {
  readonly gatewayUrl: string;
  readonly adminToken: string;
}

/** Audits what the public API and the admin's pages show; every figure that needs rows is left out. */
export async function auditInPublic(sources: PublicSources): Promise<Partial<AuditReport>> {
  const [stock, ledgerDifferences] = await Promise.all([readPublicStock(sources), readDifference(sources)]);
  const inversions = [findOvertaken(sources.remembered)];
  const moved = [findMoved(sources.remembered)];
  const keys = [findTwoAnswers(sources.keyed)];
  return {
    ...stock,
    orderInversions: countOf(inversions),
    lostPlaces: countOf(moved),
    idempotencyViolations: countOf(keys),
    ...(ledgerDifferences !== undefined && { ledgerDifferences }),
    findings: [...inversions, ...moved, ...keys].filter((finding) => finding.count > 0),
  };
}

async function readPublicStock({ gatewayUrl, eventId }: PublicSources) {
  const result = await callRoute(getEvent, { params: { eventId } }, { baseUrl: gatewayUrl });
  if (!result.ok) return {};
  const sum = (values: readonly (number | null)[]) =>
    values.reduce<number>((total, value) => total + (value ?? 0), 0);
  const seats = sum(result.body.grades.map((grade) => grade.total));
  const free = sum(result.body.grades.map((grade) => grade.left));
  return { seats, free, sold: seats - free };
}

// Transactions of the day on one side alone, or with two amounts.
async function readDifference({ gatewayUrl, adminToken }: PublicSources): Promise<number | undefined> {
  const result = await callRoute(
    compareLedger,
    { query: {} },
    { baseUrl: gatewayUrl, headers: { authorization: `Bearer ${adminToken}` } },
  );
  if (!result.ok) return undefined;
  const { missingInLedger, missingAtProvider, amountsDiffer } = result.body;
  return missingInLedger.length + missingAtProvider.length + amountsDiffer.length;
}
