import { setTimeout as sleep } from 'node:timers/promises';
import { requestRefund } from '@urr/contracts/payment.ts';
import pg from 'pg';
import type { ArrivalPlan } from '../../drill/arrival.ts';
import type { AuditSources } from '../../drill/audit/audit-platform.ts';
import { countUnsettled } from '../../drill/audit/money.ts';
import { type Client, createClient } from '../../drill/engine/client.ts';
import { createLatencies } from '../../drill/engine/latencies.ts';
import { derivedSeed } from '../../drill/engine/random.ts';
import { routeRequest } from '../../drill/engine/route-request.ts';
import { drawPopulation, type Fan } from '../../drill/population.ts';
import { type SaleRun, startSaleRun } from '../../drill/sale-run.ts';
import type { Stage } from '../../drill/stage/open-stage.ts';
import { becomeOrganiser } from '../../drill/stage/organiser.ts';
import { type Registered, registerFans } from '../../drill/stage/register-fans.ts';

/** A sale of standing places whose buyers are gone before they know how it ended. */
export interface SilentSale {
  readonly eventId: string;
  /** Opening on `performance.now()`'s clock. */
  readonly opensAtMs: number;
  /** Resolves when some payments are under way, or when the time is up; from then on no buyer sends anything. */
  readonly silence: Promise<void>;
  /** Ends it at once. */
  close(): Promise<void>;
  /** Some of the buyers who have their tickets want their money back; each asks until somebody answers. */
  askForRefunds(): Promise<void>;
  /** Payments and refunds that only the reconciler can still end. */
  countUndecided(): Promise<number>;
  /** What an audit of this sale reads. */
  sources(): AuditSources;
}

/** How many buyers and places, and the seed of their names. */
export interface SilentSaleOptions {
  readonly name: string;
  readonly buyers: number;
  readonly places: number;
  readonly seed: number;
}

const plan: ArrivalPlan = { lobbyMs: 1_500, openingMs: 1_000, lateMs: 1_000 };
const opensInMs = 3_500;
const longestMs = 25_000;
const enoughUndecided = 4;
const mostRefunds = 8;
const mostAttempts = 60;

/** Opens the sale and lets its buyers come; every payment meets a fault of the provider. */
export async function openSilentSale(stage: Stage, options: SilentSaleOptions): Promise<SilentSale> {
  const client = createClient({ ...stage, connections: 64 });
  const seed = derivedSeed(options.seed, options.buyers);
  const fans = drawPopulation(options.buyers, seed, plan).map((fan) => silentBuyer(fan));
  const organiser = await becomeOrganiser(stage.gatewayUrl, knownAdmin(stage), options.name);
  const watch = { signal: new AbortController().signal, progress: () => {} };
  const accounts = await registerFans(client, fans, watch);
  const opensAtMs = performance.now() + opensInMs;
  const eventId = await organiser.openSale({
    name: options.name,
    seats: 0,
    standing: options.places,
    opensAt: new Date(Date.now() + opensInMs),
    capacity: 200,
    ratePerSecond: 50,
    limitPerAccount: 4,
    slotSeconds: 180,
  });
  const run = startSaleRun({
    eventId,
    seed,
    fans,
    accounts,
    client,
    latencies: createLatencies(),
    opensAtMs,
  });
  const ending = new AbortController();
  const countUndecided = () => inPayments(stage, (payments) => countUnsettled(payments, eventId));
  const silence = silenceOf({ run, ending, endsAtMs: opensAtMs + longestMs, countUndecided });
  await troubleLookUps(stage);
  return {
    eventId,
    opensAtMs,
    silence,
    close: async () => {
      ending.abort();
      await silence;
      await client.close();
    },
    askForRefunds: () => askForRefunds(stage, client, eventId, accounts),
    countUndecided,
    sources: () => sourcesOf(stage, eventId, run, accounts),
  };
}

// The drill has replaced the admin's one-time password by then.
function knownAdmin({ admin }: Stage): Stage['admin'] {
  return admin.isOneTime ? { ...admin, password: `${admin.password}-replaced`, isOneTime: false } : admin;
}

function silentBuyer(fan: Fan): Fan {
  const payment = fan.random.chance(0.5) ? 'provider-silent' : 'provider-error-after-commit';
  return { ...fan, profile: { ...fan.profile, abandonment: undefined, leavesLine: false, payment } };
}

interface Silence {
  readonly run: SaleRun;
  readonly ending: AbortController;
  readonly endsAtMs: number;
  readonly countUndecided: () => Promise<number>;
}

// Some have their tickets, some are on their way to the provider, some wait for its answer: all close their browsers.
async function silenceOf({ run, ending, endsAtMs, countUndecided }: Silence): Promise<void> {
  const finished = run.finished({ endsAtMs: Infinity, signal: ending.signal });
  while (!ending.signal.aborted && performance.now() < endsAtMs) {
    if ((await countUndecided().catch(() => 0)) >= enoughUndecided) break;
    await sleep(100);
  }
  ending.abort();
  await finished;
}

/** Some of the reconciler's questions meet an error; a restart of the simulator forgets it. */
async function troubleLookUps(stage: Stage): Promise<void> {
  const rule = { call: 'get', kind: 'error-before-commit', probability: 0.5, count: 8 };
  const response = await fetch(`${stage.simulatorUrl}/v1/simulator/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(rule),
  });
  if (!response.ok) throw new Error(`The simulator refused a fault: ${response.status}`);
}

async function askForRefunds(
  stage: Stage,
  client: Client,
  eventId: string,
  accounts: readonly Registered[],
): Promise<void> {
  const paid = await inPayments(stage, (payments) =>
    payments.query<{ id: string; account_id: string }>(
      `SELECT id, account_id FROM payment_attempts WHERE event_id = $1 AND state = 'fulfilled' LIMIT $2`,
      [eventId, mostRefunds],
    ),
  );
  await Promise.all(
    paid.rows.map(async ({ id, account_id: accountId }) => {
      const headers = accounts.find((account) => account.accountId === accountId)?.headers[0] ?? {};
      const request = routeRequest(requestRefund, {
        params: { paymentId: id },
        body: {},
        headers: { 'idempotency-key': `refund-${id}` },
      });
      for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
        const answer = await client.send(request, headers);
        if (answer.status !== 0 && answer.status !== 409 && answer.status < 500) return;
        await sleep(answer.retryAfterMs ?? 500);
      }
    }),
  );
}

async function inPayments<Answer>(stage: Stage, ask: (pool: pg.Pool) => Promise<Answer>): Promise<Answer> {
  const pool = new pg.Pool({ connectionString: databaseUrlOf(stage)('payment_db'), max: 1 });
  pool.on('error', () => {});
  try {
    return await ask(pool);
  } finally {
    await pool.end();
  }
}

function sourcesOf(
  stage: Stage,
  eventId: string,
  run: SaleRun,
  accounts: readonly Registered[],
): AuditSources {
  const remembered = run.contexts.map(({ memory }, index) => ({
    accountId: accounts[index]?.accountId ?? '',
    ...memory,
  }));
  const keyed = remembered.flatMap((fan) =>
    fan.keyed.map((answers) => ({ accountId: fan.accountId, ...answers })),
  );
  return { eventId, databaseUrl: databaseUrlOf(stage), simulatorUrl: stage.simulatorUrl, remembered, keyed };
}

function databaseUrlOf({ databaseUrl }: Stage): (name: string) => string {
  if (databaseUrl === undefined) throw new Error('The databases must be readable');
  return databaseUrl;
}
