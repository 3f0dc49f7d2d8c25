import { setTimeout as sleep } from 'node:timers/promises';
import type { AuditSources } from '../../drill/audit/audit-platform.ts';
import type { ArrivalPlan } from '../../drill/arrival.ts';
import { createClient } from '../../drill/engine/client.ts';
import { createLatencies } from '../../drill/engine/latencies.ts';
import { derivedSeed } from '../../drill/engine/random.ts';
import { drawPopulation, type Fan } from '../../drill/population.ts';
import { type SaleRun, startSaleRun } from '../../drill/sale-run.ts';
import type { Stage } from '../../drill/stage/open-stage.ts';
import { becomeOrganiser } from '../../drill/stage/organiser.ts';
import { registerFans } from '../../drill/stage/register-fans.ts';

/** A sale of standing places whose buyers are gone before they know how it ended. */
export interface SilentSale {
  readonly eventId: string;
  /** Resolves soon after every place is held, or when the time is up; from then on no buyer sends anything. */
  readonly silence: Promise<void>;
  /** Opening on `performance.now()`'s clock. */
  readonly opensAtMs: number;
  /** Ends it at once. */
  end(): Promise<void>;
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

/** Opens the sale and lets its buyers come; every payment meets a fault of the provider. */
export async function openSilentSale(stage: Stage, options: SilentSaleOptions): Promise<SilentSale> {
  if (stage.databaseUrl === undefined) throw new Error('The databases must be readable');
  const { databaseUrl, simulatorUrl } = stage;
  const client = createClient({ ...stage, connections: 64 });
  const seed = derivedSeed(options.seed, options.buyers);
  const fans = drawPopulation(options.buyers, seed, plan).map((fan) => silentBuyer(fan));
  const organiser = await becomeOrganiser(stage.gatewayUrl, knownAdmin(stage), options.name);
  const accounts = await registerFans(client, fans, {
    signal: new AbortController().signal,
    progress: () => {},
  });
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
  const run = startSaleRun({ eventId, seed, fans, accounts, client, latencies: createLatencies(), opensAtMs });
  const memories = () =>
    run.contexts.map(({ memory }, index) => ({ accountId: accounts[index]?.accountId ?? '', ...memory }));
  const ending = new AbortController();
  const silence = silenceOf(run, ending, opensAtMs + longestMs).finally(() => client.close());
  return {
    eventId,
    silence,
    opensAtMs,
    end: () => {
      ending.abort();
      return silence;
    },
    sources: () => ({
      eventId,
      databaseUrl,
      simulatorUrl,
      remembered: memories(),
      keyed: memories().flatMap(({ accountId, keyed }) => keyed.map((answers) => ({ accountId, ...answers }))),
    }),
  };
}

// The drill has replaced the admin's one-time password by then.
function knownAdmin({ admin }: Stage): Stage['admin'] {
  return admin.isOneTime ? { ...admin, password: `${admin.password}-replaced`, isOneTime: false } : admin;
}

function silentBuyer(fan: Fan): Fan {
  const payment = fan.random.chance(0.5) ? 'provider-silent' : 'provider-error-after-commit';
  const { abandonment: _abandonment, ...profile } = fan.profile;
  return { ...fan, profile: { ...profile, abandonment: undefined, leavesLine: false, payment } };
}

const lastPaymentsMs = 3_000;

// Once every place is held, the last buyers reach the provider; what is left then is the reconciler's.
async function silenceOf(run: SaleRun, ending: AbortController, endsAtMs: number): Promise<void> {
  const finished = run.finished({ endsAtMs: Infinity, signal: ending.signal });
  const isHeld = () => run.figures().left === 0 && run.figures().counted.held > 0;
  while (!ending.signal.aborted && performance.now() < endsAtMs && !isHeld()) await sleep(100);
  await sleep(lastPaymentsMs, undefined, { signal: ending.signal }).catch(() => {});
  ending.abort();
  await finished;
}
