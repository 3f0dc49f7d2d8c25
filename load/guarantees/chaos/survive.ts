import { type AuditReport, auditPlatform, waitUntilSettled } from '../../drill/audit/audit-platform.ts';
import { derivedSeed, seededRandom } from '../../drill/engine/random.ts';
import { noProgress } from '../../drill/progress.ts';
import type { DrillReport } from '../../drill/report.ts';
import { type DrillHooks, runDrill } from '../../drill/run-drill.ts';
import type { Stage } from '../../drill/stage/open-stage.ts';
import type { RunningPlatform } from '../../../tools/platform/start-platform.ts';
import type { ChaosConfig } from './config.ts';
import { createKillSpree, embeddedBag, type Kill, type KillSpree, type Targets } from './kill-spree.ts';
import { createNewcomers, type Newcomers } from './newcomers.ts';
import { assertNothingBroken } from './quick-look.ts';
import { openSilentSale, type SilentSale } from './silent-buyers.ts';
import { becomesWhole, processesOf, victimsOf } from './victims.ts';
import { clusterTargets } from './cluster-victims.ts';

/** Sizes of a run. */
export interface SurvivalPlan extends ChaosConfig {
  readonly seats: number;
  readonly fans: number;
  readonly silentBuyers: number;
  readonly maxSeconds: number;
  readonly isCluster: boolean;
  readonly drill?: Pick<DrillHooks, 'lobbyMs' | 'recast' | 'progress' | 'signal'>;
}

/** What became of a platform whose processes were killed. */
export interface Survival {
  readonly drill: DrillReport;
  readonly kills: readonly Kill[];
  /** Audits of the sales whose buyers fell silent while their payments were under way. */
  readonly silentSales: readonly AuditReport[];
  /** Payments and refunds that were undecided when their buyers fell silent. */
  readonly leftToReconciler: number;
  /** Times that programs were started again, by name; `postgresql` too. */
  readonly restarts: Readonly<Record<string, number>>;
  readonly acknowledgedAccounts: number;
  readonly lostAccounts: readonly string[];
  /** Pids of everything that ran just before the platform was stopped. */
  readonly lastProcesses: readonly number[];
}

const wholeDeadlineMs = 30_000;
const settleDeadlineMs = 60_000;
/** Share of the kills that fall while the sale runs; the others fall on the reconciler, some on each silent sale. */
const saleShare = 0.74;
const killsPerSilentSale = 5;
/** Silent sales that may end with everything decided, before blows fall nevertheless. */
const mostIdleSales = 2;
const paces = {
  sale: { during: 'sale', longestQuietMs: 4_000 },
  reconciliation: { during: 'reconciliation', longestQuietMs: 1_200 },
} as const;

interface Scene {
  readonly plan: SurvivalPlan;
  readonly stage: Stage;
  readonly platform: RunningPlatform;
  readonly targets: Targets;
  readonly spree: KillSpree;
  readonly newcomers: Newcomers;
  readonly silentSales: SilentSale[];
  leftToReconciler: number;
}

/** Runs a drill on a throw-away platform and kills its processes with SIGKILL from the first arrival on. */
export async function survive(plan: SurvivalPlan): Promise<Survival> {
  let scene: Scene | undefined;
  let aftermath: Omit<Survival, 'drill'> | undefined;
  const { seats, fans, seed, maxSeconds, keepsState, isCluster } = plan;
  const drill = await runDrill(
    {
      seats,
      standing: 0,
      fans,
      seed,
      maxSeconds,
      isJson: false,
      keepsState,
      isCluster,
      chaosPoints: isCluster ? plan.killPoints : undefined,
      isRolling: false,
      target: undefined,
    },
    {
      progress: noProgress,
      ...plan.drill,
      meanwhile: async (stage, signal) => {
        scene = sceneOf(plan, stage);
        await killDuringSale(scene, signal);
        await killDuringReconciliation(scene);
      },
      afterwards: async () => {
        aftermath = await lookBack(required(scene));
      },
    },
  );
  return { drill, ...required(aftermath) };
}

function sceneOf(plan: SurvivalPlan, stage: Stage): Scene {
  const platform = required(stage.platform);
  const random = seededRandom(derivedSeed(plan.seed, plan.killPoints));
  const between = () => assertNothingBroken((name) => platform.databaseUrl(name));
  const targets = plan.isCluster
    ? clusterTargets(platform)
    : { victims: victimsOf(platform), bag: embeddedBag };
  return {
    plan,
    stage,
    platform,
    targets,
    spree: createKillSpree(targets, random, between),
    newcomers: createNewcomers(stage.gatewayUrl, plan.seed),
    silentSales: [],
    leftToReconciler: 0,
  };
}

async function killDuringSale({ plan, spree, newcomers }: Scene, signal: AbortSignal): Promise<void> {
  const calm = new AbortController();
  const arrivals = newcomers.arrive(calm.signal);
  try {
    await spree.run(Math.round(plan.killPoints * saleShare), paces.sale, signal);
  } finally {
    calm.abort();
    await arrivals;
  }
}

async function killDuringReconciliation(scene: Scene): Promise<void> {
  const { plan, spree, targets, silentSales } = scene;
  let idleSales = 0;
  while (spree.kills.length < plan.killPoints) {
    // An organiser does not open a sale while the platform lies on the ground.
    await becomesWhole(targets.victims, wholeDeadlineMs);
    const sale = await openSilentSale(scene.stage, {
      name: `silent-${plan.seed}-${silentSales.length}`,
      buyers: plan.silentBuyers,
      places: plan.silentBuyers,
      seed: derivedSeed(plan.seed, silentSales.length),
    });
    silentSales.push(sale);
    await sale.silence;
    const refunds = sale.askForRefunds();
    const undecided = await sale.countUndecided();
    scene.leftToReconciler += undecided;
    // Where buyers are slow, the reconciler keeps up with them: blows would fall on nothing.
    const isIdle = undecided === 0 && idleSales < mostIdleSales;
    if (isIdle) idleSales += 1;
    const left = plan.killPoints - spree.kills.length;
    if (!isIdle) await spree.run(Math.min(left, killsPerSilentSale), paces.reconciliation);
    await refunds;
  }
  await becomesWhole(targets.victims, wholeDeadlineMs);
}

async function lookBack(scene: Scene): Promise<Omit<Survival, 'drill'>> {
  const { platform, spree, newcomers } = scene;
  const silentSales: AuditReport[] = [];
  for (const sale of scene.silentSales) {
    await waitUntilSettled(sale.sources(), { deadlineMs: settleDeadlineMs });
    silentSales.push(await auditPlatform(sale.sources()));
    await sale.close();
  }
  return {
    kills: spree.kills,
    silentSales,
    leftToReconciler: scene.leftToReconciler,
    restarts: {
      ...Object.fromEntries(
        [...platform.programs, ...platform.engines].map((program) => [program.name, program.restarts()]),
      ),
      postgresql: platform.postgresRestarts(),
    },
    acknowledgedAccounts: newcomers.acknowledged.length,
    lostAccounts: await newcomers.findLost(),
    lastProcesses: await processesOf(platform),
  };
}

function required<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('The run ended before it came to this');
  return value;
}
