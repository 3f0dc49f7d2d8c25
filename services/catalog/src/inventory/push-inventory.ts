import { pushInventory as pushInventoryRoute } from '@urr/contracts/ticket-internal.ts';
import { callWorkload } from '@urr/platform/call-workload.ts';
import type { Logger } from '@urr/platform/logger.ts';
import type { Secret } from '@urr/platform/secret.ts';
import type { Kysely } from 'kysely';
import type { CatalogTables } from '../tables.ts';
import { claimPush, readInventory, recordFailed, recordPushed, recordRefused } from './store.ts';

/** Milliseconds one push may take; a claim lasts longer, so two pushes of an event never overlap. */
const pushDeadlineMs = 12_000;

/** Where inventory comes from and goes to. */
export interface PushDeps {
  readonly db: Kysely<CatalogTables>;
  readonly ticketUrl: string;
  readonly internalToken: Secret;
  readonly logger: Logger;
}

/** Pushes an event's newest inventory, if that is wanted and nobody else is at it. Idempotent. */
export async function pushInventory(deps: PushDeps, eventId: string): Promise<void> {
  if (!(await claimPush(deps.db, eventId))) return;
  const { version, inventory } = await readInventory(deps.db, eventId);
  const result = await callWorkload(
    pushInventoryRoute,
    { params: { eventId }, body: inventory },
    { baseUrl: deps.ticketUrl, internalToken: deps.internalToken, deadlineMs: pushDeadlineMs },
  );
  if (result.ok) return recordPushed(deps.db, eventId, version);
  const { code } = result.problem;
  deps.logger.warn({ eventId, version, code }, 'inventory was not taken');
  if (code === 'inventory-conflict') return recordRefused(deps.db, eventId, version, code);
  return recordFailed(deps.db, eventId, code);
}
