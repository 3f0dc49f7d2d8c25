import { type AuditReport, auditPlatform, waitUntilSettled } from '../../drill/audit/audit-platform.ts';
import type { ProgressLine } from '../../drill/progress.ts';
import { derivedSeed, seededRandom } from '../../drill/engine/random.ts';
import type { DrillReport } from '../../drill/report.ts';
import { type DrillHooks, runDrill } from '../../drill/run-drill.ts';
import type { Stage } from '../../drill/stage/open-stage.ts';
import type { RunningPlatform } from '../../../tools/platform/start-platform.ts';
import type { ChaosConfig } from './config.ts';
import { createKillSpree, type Kill, type KillSpree } from './kill-spree.ts';
import { createNewcomers, type Newcomers } from './newcomers.ts';
import { assertNothingBroken } from './quick-look.ts';
import { openSilentSale, type SilentSale } from './silent-buyers.ts';
import { becomesWhole, processesOf } from './victims.ts';

/** What became of a platform whose processes were killed. */
export interface Survival {
  readonly kills: readonly Kill[];
  readonly drill: DrillReport;
  /** Audit of the sale whose buyers fell silent while their payments were under way. */
  readonly silentSale: AuditReport;
  /** Times that programs were started again, by name; `postgresql` too. */
  readonly restarts: Readonly<Record<string, number>>;
  readonly lostAccounts: readonly string[];
  readonly acknowledgedAccounts: number;
  /** Pids of everything that ran just before the platform was stopped. */
  readonly lastProcesses: readonly number[];
}

/** Sizes of a run. */
export interface SurvivalPlan extends ChaosConfig {
  readonly seats: number;
  readonly fans: number;
  readonly silentBuyers: number;
  readonly maxSeconds: number;
  readonly drill?: Pick<DrillHooks, 'lobbyMs' | 'recast'>;
  /** Runs on the platform that survived, before it is stopped. */
  readonly afterwards?: (stage: Stage) => Promise<void>;
}

const wholeDeadlineMs = 30_000;
const settleDeadlineMs = 60_000;
/** Share of the kills that fall while the sale runs; the others fall on the reconciler. */
const saleShare = 0.7;
const paces = {
  sale: { during: 'sale', longestQuietMs: 4_000 },
  reconciliation: { during: 'reconciliation', longestQuietMs: 1_500 },
} as const;
const silentProgress: ProgressLine = { step: () => {}, show: () => {}, end: () => {} };

interface Parts {
  spree?: KillSpree;
  silentSale?: SilentSale;
  newcomers?: Newcomers;
  lastProcesses?: readonly number[];
  restarts?: Readonly<Record<string, number>>;
  silentAudit?: AuditReport;
  lostAccounts?: readonly string[];
}

/** Runs a drill on a throw-away platform and kills its processes with SIGKILL from the first arrival on. */
export async function survive(plan: SurvivalPlan): Promise<Survival> {
  const parts: Parts = {};
  const drill = await runDrill(drillOptions(plan), {
    ...plan.drill,
    progress: silentProgress,
    meanwhile: async (stage, signal) => {
      await killDuringSale(plan, stage, parts, signal);
      await killDuringReconciliation(plan, stage, parts);
    },
    afterwards: (stage) => lookBack(plan, stage, parts),
  });
  return {
    kills: parts.spree?.kills ?? [],
    drill,
    silentSale: required(parts.silentAudit),
    restarts: required(parts.restarts),
    lostAccounts: required(parts.lostAccounts),
    acknowledgedAccounts: parts.newcomers?.acknowledged.length ?? 0,
    lastProcesses: required(parts.lastProcesses),
  };
}

async function killDuringSale(
  plan: SurvivalPlan,
  stage: Stage,
  parts: Parts,
  signal: AbortSignal,
): Promise<void> {
  const platform = platformOf(stage);
  const random = seededRandom(derivedSeed(plan.seed, plan.killPoints));
  const spree = createKillSpree(platform, random, () =>
    assertNothingBroken((name) => platform.databaseUrl(name)),
  );
  const newcomers = createNewcomers(stage.gatewayUrl, plan.seed);
  Object.assign(parts, { spree, newcomers });
  const calm = new AbortController();
  const arrivals = newcomers.arrive(calm.signal);
  try {
    await spree.run(Math.round(plan.killPoints * saleShare), paces.sale, signal);
  } finally {
    calm.abort();
    await arrivals;
  }
}

async function killDuringReconciliation(plan: SurvivalPlan, stage: Stage, parts: Parts): Promise<void> {
  const platform = platformOf(stage);
  const { spree } = parts;
  if (spree === undefined) throw new Error('The sale must come first');
  await becomesWhole(platform, wholeDeadlineMs);
  const silentSale = await openSilentSale(stage, {
    name: `silent-${plan.seed}`,
    buyers: plan.silentBuyers,
    places: plan.silentBuyers,
    seed: plan.seed,
  });
  parts.silentSale = silentSale;
  try {
    await silentSale.silence;
    await spree.run(plan.killPoints - spree.kills.length, paces.reconciliation);
  } finally {
    await silentSale.end();
  }
  await becomesWhole(platform, wholeDeadlineMs);
}

async function lookBack(plan: SurvivalPlan, stage: Stage, parts: Parts): Promise<void> {
  const platform = platformOf(stage);
  const sources = required(parts.silentSale).sources();
  await waitUntilSettled(sources, { deadlineMs: settleDeadlineMs });
  parts.silentAudit = await auditPlatform(sources);
  parts.lostAccounts = await required(parts.newcomers).findLost();
  parts.restarts = {
    ...Object.fromEntries(platform.programs.map((program) => [program.name, program.restarts()])),
    postgresql: platform.postgresRestarts(),
  };
  await plan.afterwards?.(stage);
  parts.lastProcesses = await processesOf(platform);
}

function drillOptions({ seats, fans, seed, maxSeconds }: SurvivalPlan) {
  return { seats, standing: 0, fans, seed, maxSeconds, isJson: false, keepsState: false, target: undefined };
}

function platformOf(stage: Stage): RunningPlatform {
  return required(stage.platform);
}

function required<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('The run ended before it came to this');
  return value;
}
