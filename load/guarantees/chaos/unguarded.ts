import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { RunningPlatform } from '../../../tools/platform/start-platform.ts';
import { type AuditReport, auditPlatform } from '../../drill/audit/audit-platform.ts';
import type { DrillOptions } from '../../drill/options.ts';
import { openStage, type Stage } from '../../drill/stage/open-stage.ts';
import { becomeOrganiser } from '../../drill/stage/organiser.ts';
import { openSilentSale } from './silent-buyers.ts';
import { becomesWhole, victimsOf } from './victims.ts';

const nobody: DrillOptions = {
  seats: 0,
  standing: 0,
  fans: 0,
  seed: 0,
  maxSeconds: 0,
  isJson: false,
  keepsState: false,
  isCluster: false,
  chaosPoints: undefined,
  isRolling: false,
  target: undefined,
};
const wholeDeadlineMs = 30_000;
const confirmingAtOnce = 3;
const databases = ['ticket_db', 'payment_db', 'queue_db'] as const;

/** A platform of its own, on which a guard may be taken away. */
export async function onUnguardedStage<Outcome>(
  work: (stage: Stage, platform: RunningPlatform) => Promise<Outcome>,
): Promise<Outcome> {
  const stage = await openStage(nobody, () => {});
  try {
    if (stage.platform === undefined) throw new Error('A throw-away platform has a handle');
    // Replaces the admin's one-time password, as a drill does.
    await becomeOrganiser(stage.gatewayUrl, stage.admin, 'first-organiser');
    return await work(stage, stage.platform);
  } finally {
    await stage.close();
  }
}

/** A sale on a platform whose reconciler never finds a payment again, killed while money is on its way. */
export async function sellWithoutReconciler(stage: Stage, platform: RunningPlatform): Promise<AuditReport> {
  await run(platform, 'payment_db', [
    `CREATE FUNCTION forget_check() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN NEW.next_check_at := 'infinity'; RETURN NEW; END $$`,
    `CREATE TRIGGER forget_check BEFORE INSERT OR UPDATE ON payment_attempts
      FOR EACH ROW EXECUTE FUNCTION forget_check()`,
  ]);
  const sale = await openSilentSale(stage, { name: 'no-reconciler', buyers: 30, places: 60, seed: 1 });
  await moneyIsOnItsWay(platform, sale.eventId);
  await killAndWait(platform, 'sale');
  await sale.close();
  await run(platform, 'payment_db', ['DROP TRIGGER forget_check ON payment_attempts']);
  return auditPlatform(sale.sources());
}

/** A line whose places are acknowledged before they are on disk, killed while people join. */
export async function joinWithFakedFlush(stage: Stage, platform: RunningPlatform): Promise<AuditReport> {
  for (const database of databases)
    await run(platform, database, [`ALTER DATABASE ${database} SET synchronous_commit = off`]);
  await run(platform, 'postgres', [`ALTER SYSTEM SET wal_writer_delay = '10s'`, 'SELECT pg_reload_conf()']);
  // Settings of a database reach new connections alone.
  await killAndWait(platform, 'postgresql-backend');
  const sale = await openSilentSale(stage, { name: 'faked-flush', buyers: 60, places: 4, seed: 2 });
  await sleep(Math.max(0, sale.opensAtMs - performance.now() - 200));
  await killAndWait(platform, 'postgresql');
  await sale.close();
  return auditPlatform(sale.sources());
}

async function moneyIsOnItsWay(platform: RunningPlatform, eventId: string): Promise<void> {
  const endsAt = performance.now() + 20_000;
  const confirming = `SELECT 1 FROM payment_attempts WHERE event_id = '${eventId}' AND state = 'confirming'`;
  while ((await run(platform, 'payment_db', [confirming])) < confirmingAtOnce) {
    if (performance.now() > endsAt) throw new Error('Too few people paid');
    await sleep(50);
  }
  // The provider takes the money before it falls silent.
  await sleep(200);
}

async function killAndWait(platform: RunningPlatform, name: string): Promise<void> {
  const victim = victimsOf(platform).get(name);
  if ((await victim?.kill()) === undefined) throw new Error(`${name} does not run`);
  await sleep(50);
  await becomesWhole(victimsOf(platform), wholeDeadlineMs);
}

async function run(platform: RunningPlatform, database: string, statements: readonly string[]) {
  const client = new pg.Client({ connectionString: platform.databaseUrl(database) });
  client.on('error', () => {});
  await client.connect();
  try {
    let rows = 0;
    for (const statement of statements) rows = (await client.query(statement)).rowCount ?? 0;
    return rows;
  } finally {
    await client.end();
  }
}
