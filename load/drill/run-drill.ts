import { readLineState } from '@urr/contracts/queue.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ArrivalPlan } from './arrival.ts';
import { auditInPublic } from './audit/audit-in-public.ts';
import { auditPlatform, type AuditSources, waitUntilSettled } from './audit/audit-platform.ts';
import { type Client, createClient } from './engine/client.ts';
import { createLatencies, type Latencies } from './engine/latencies.ts';
import { routeRequest } from './engine/route-request.ts';
import type { DrillOptions } from './options.ts';
import { drawPopulation, type Fan } from './population.ts';
import { createProgressLine, type ProgressLine } from './progress.ts';
import type { DrillReport } from './report.ts';
import { holdSteps, type RunEnd, type SaleRun, startSaleRun } from './sale-run.ts';
import { becomeOrganiser, signInAdmin } from './stage/organiser.ts';
import { openStage, type Stage } from './stage/open-stage.ts';
import { registerFans, type Registered } from './stage/register-fans.ts';
import { pacingOf, planOf } from './stage/sale-plan.ts';

/** What a caller may change of a drill, and do while it runs. */
export interface DrillHooks {
  /** Length of the lobby when it is not the usual one. Milliseconds. */
  readonly lobbyMs?: number;
  /** Changes a fan that was drawn. */
  readonly recast?: (fan: Fan) => Fan;
  /** Where progress goes; stderr when absent. */
  readonly progress?: ProgressLine;
  /** Ends the drill early; everything is cleaned up. */
  readonly signal?: AbortSignal;
  /** Runs beside the fans, from the first arrival until the run ends; may kill processes of the stage's platform. */
  readonly meanwhile?: (stage: Stage, signal: AbortSignal, eventId: string) => Promise<void>;
  /** Runs after the audit, while the platform still stands. */
  readonly afterwards?: (stage: Stage, sources: AuditSources) => Promise<void>;
}

const settleDeadlineMs = 120_000;
// Far more than the platform works on at once: a slow answer must not keep other fans from asking.
const connections = 1_024;

/** Runs one drill from an empty platform to the audit. Throws when it cannot be carried out. */
export async function runDrill(options: DrillOptions, hooks: DrillHooks = {}): Promise<DrillReport> {
  const startedAtMs = performance.now();
  const signal = hooks.signal ?? new AbortController().signal;
  const progress = hooks.progress ?? createProgressLine(process.stderr);
  const stage = await openStage(options, (step) => progress.step(step));
  const client = createClient({ ...stage, connections });
  try {
    signal.throwIfAborted();
    const prepared = await prepare({ options, stage, client, progress, signal, hooks });
    const latencies = createLatencies();
    const { run, end, saleSeconds } = await sell(
      { options, stage, client, latencies, progress, signal, hooks },
      prepared,
    );
    signal.throwIfAborted();
    const memory = memoryOf(prepared, run);
    const sources = sourcesOf(stage, prepared, memory);
    const audit = await settleAndAudit(stage, sources, progress, signal);
    if (sources !== undefined) await hooks.afterwards?.(stage, sources);
    return {
      end,
      seed: options.seed,
      fans: options.fans,
      wallSeconds: secondsSince(startedAtMs),
      saleSeconds,
      holdP99Ms: latencies.of(...holdSteps).p99,
      latencies: latencies.all(),
      endings: Object.fromEntries(run.endings),
      refusals: Object.fromEntries(run.refusals),
      restarts: stage.restarts(),
      audit,
      publicAudit: audit === undefined ? await auditPublicly(stage, prepared, memory) : undefined,
      notAudited: stage.notAudited,
    };
  } finally {
    progress.end();
    await client.close();
    await stage.close();
  }
}

interface Preparation {
  readonly options: DrillOptions;
  readonly stage: Stage;
  readonly client: Client;
  readonly progress: ProgressLine;
  readonly signal: AbortSignal;
  readonly hooks: DrillHooks;
}

interface Prepared {
  readonly eventId: string;
  readonly fans: readonly Fan[];
  readonly accounts: readonly Registered[];
  readonly plan: ArrivalPlan;
  /** On `performance.now()`'s clock. */
  readonly opensAtMs: number;
}

async function prepare(preparation: Preparation): Promise<Prepared> {
  const { options, stage, client, progress, signal, hooks } = preparation;
  const usual = planOf(options.fans);
  const plan = { ...usual, lobbyMs: hooks.lobbyMs ?? usual.lobbyMs };
  const drawn = drawPopulation(options.fans, options.seed, plan);
  const fans = hooks.recast === undefined ? drawn : drawn.map(hooks.recast);
  const name = `drill-${options.seed}-${Date.now().toString(36)}`;
  progress.step(`importing a hall of ${options.seats}`);
  const organiser = await becomeOrganiser(stage.gatewayUrl, stage.admin, name);
  const { seats, standing } = options;
  if (standing === 0) await organiser.prepareHall({ name, seats });
  progress.step(`registering ${options.fans} fans`);
  const accounts = await registerFans(client, fans, {
    signal,
    progress: (registered) => progress.step(`registered ${registered}`),
  });
  const opensAt = new Date(Date.now() + plan.lobbyMs + 4_000);
  const opensAtMs = performance.now() + opensAt.getTime() - Date.now();
  const eventId = await organiser.openSale({
    name,
    seats,
    standing,
    opensAt,
    ...pacingOf(options.fans),
  });
  progress.step(`event ${eventId} is published; the sale opens in ${Math.round(plan.lobbyMs / 1_000)} s`);
  await lobbyIsOpen(client, eventId);
  return { eventId, fans, accounts, plan, opensAtMs };
}

async function lobbyIsOpen(client: Client, eventId: string): Promise<void> {
  const request = routeRequest(readLineState, { params: { eventId } });
  const deadline = performance.now() + 15_000;
  for (;;) {
    const answer = await client.send(request, { 'x-forwarded-for': '10.255.255.2' });
    if (answer.status === 200) return;
    if (performance.now() > deadline)
      throw new Error(`The line did not open: ${answer.status} ${JSON.stringify(answer.body)}`);
    await sleep(100);
  }
}

interface Sale extends Preparation {
  readonly latencies: Latencies;
}

interface Sold {
  readonly run: SaleRun;
  readonly end: RunEnd;
  readonly saleSeconds: number;
}

async function sell(sale: Sale, prepared: Prepared): Promise<Sold> {
  const { options, client, latencies, progress, hooks } = sale;
  const run = startSaleRun({ ...prepared, seed: options.seed, client, latencies });
  const ticker = setInterval(() => progress.show(run.figures()), 1_000);
  const ending = new AbortController();
  const meanwhile = hooks.meanwhile?.(sale.stage, ending.signal, prepared.eventId);
  try {
    const endsAtMs = prepared.opensAtMs + options.maxSeconds * 1_000;
    const end = await run.finished({ endsAtMs, signal: sale.signal });
    return { run, end, saleSeconds: secondsSince(prepared.opensAtMs) };
  } finally {
    clearInterval(ticker);
    ending.abort();
    await meanwhile;
    progress.end();
  }
}

type FanMemory = Pick<AuditSources, 'remembered' | 'keyed'>;

function memoryOf(prepared: Prepared, run: SaleRun): FanMemory {
  const fans = run.contexts.map((context, index) => ({
    accountId: prepared.accounts[index]?.accountId ?? '',
    ...context.memory,
  }));
  return {
    remembered: fans,
    keyed: fans.flatMap(({ accountId, keyed }) => keyed.map((answers) => ({ accountId, ...answers }))),
  };
}

function sourcesOf(stage: Stage, { eventId }: Prepared, memory: FanMemory): AuditSources | undefined {
  const { databaseUrl, simulatorUrl } = stage;
  return databaseUrl === undefined ? undefined : { eventId, databaseUrl, simulatorUrl, ...memory };
}

async function auditPublicly(stage: Stage, { eventId }: Prepared, memory: FanMemory) {
  const { gatewayUrl } = stage;
  const adminToken = await signInAdmin(gatewayUrl, stage.admin);
  return auditInPublic({ eventId, gatewayUrl, adminToken, ...memory });
}

async function settleAndAudit(
  stage: Stage,
  sources: AuditSources | undefined,
  progress: ProgressLine,
  signal: AbortSignal,
) {
  if (sources === undefined) return undefined;
  progress.step('waiting for payments to settle');
  await stage.isWhole();
  await waitUntilSettled(sources, { deadlineMs: settleDeadlineMs, signal });
  progress.step('auditing the databases and the payment provider');
  return auditPlatform(sources);
}

function secondsSince(instantMs: number): number {
  return Math.round((performance.now() - instantMs) / 100) / 10;
}
