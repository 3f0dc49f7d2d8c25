import { setTimeout as sleep } from 'node:timers/promises';
import { clusterLayout } from '../../../tools/cluster/cluster-layout.ts';
import { fetchEngines } from '../../../tools/cluster/fetch-engines.ts';
import type { PlatformLayout } from '../../../tools/platform/layout.ts';
import type { RunningPlatform } from '../../../tools/platform/start-platform.ts';
import type { DrillOptions, RunningTarget } from '../options.ts';
import type { AdminLogin } from './organiser.ts';
import { startThrowAwayPlatform, type ThrowAwayPlatform } from './throw-away-platform.ts';

/** The platform a drill plays on. */
export interface Stage {
  readonly gatewayUrl: string;
  readonly simulatorUrl: string;
  readonly admin: AdminLogin;
  /** The throw-away platform's handle; absent for somebody else's. */
  readonly platform: RunningPlatform | undefined;
  readonly databaseUrl: ((name: string) => string) | undefined;
  readonly notAudited: readonly string[];
  restarts(): Readonly<Record<string, number>>;
  /** Resolves once every program that was killed answers again. */
  isWhole(): Promise<void>;
  close(): Promise<void>;
}

const throwAwayEnvironment = {
  TRUSTED_PROXIES: '1',
  LOG_LEVEL: 'warn',
  PASSWORD_HASH_MEMORY_KIB: '1024',
  PASSWORD_HASH_PASSES: '1',
  HOLD_SECONDS: '25',
  PIN_SECONDS: '180',
  KEEP_SECONDS: '180',
  QUEUE_CLAIM_SECONDS: '20',
  TOSS_READ_TIMEOUT_MS: '5000',
  HOLD_LEFT_TO_START_MS: '60000',
  HOLD_LEFT_TO_CONFIRM_MS: '15000',
};

const auditedDatabases = ['ticket_db', 'payment_db', 'queue_db'] as const;

/** Starts a throw-away platform, or takes the one that was named. */
export async function openStage(options: DrillOptions, progress: (step: string) => void): Promise<Stage> {
  if (options.target !== undefined) return stageOf(options.target);
  const { keepsState } = options;
  const own = await startThrowAwayPlatform({
    environment: throwAwayEnvironment,
    keepsState,
    progress,
    ...(options.isCluster && { layout: await layoutOf(options, progress) }),
  });
  if (keepsState) progress(`its state stays in ${own.stateDirectory}`);
  return ownStage(own);
}

// Where blows fall, clocks are wrong too: those of the first replicas a minute fast, of the second ones a minute slow.
async function layoutOf(options: DrillOptions, progress: (step: string) => void): Promise<PlatformLayout> {
  const engines = await fetchEngines(progress);
  if (options.chaosPoints === undefined) return clusterLayout(engines);
  return clusterLayout(engines, {
    clockShift: ({ name }) => (name.endsWith('-1') ? 60 : name.endsWith('-2') ? -60 : 0),
  });
}

function ownStage({ platform, discard }: ThrowAwayPlatform): Stage {
  const { admin } = platform;
  if (admin === undefined) throw new Error('A new platform must have made its admin');
  return {
    gatewayUrl: platform.gatewayUrl,
    simulatorUrl: platform.simulatorUrl,
    admin: { email: admin.email, password: admin.oneTimePassword, isOneTime: true },
    platform,
    databaseUrl: (name) => platform.databaseUrl(name),
    notAudited: [],
    restarts: () => restartsOf(platform),
    isWhole: () => answers(`${platform.gatewayUrl}/health`),
    close: discard,
  };
}

function restartsOf(platform: RunningPlatform): Readonly<Record<string, number>> {
  const restarted = platform.programs.filter((program) => program.restarts() > 0);
  return Object.fromEntries(restarted.map((program) => [program.name, program.restarts()]));
}

async function answers(url: string): Promise<void> {
  const deadline = performance.now() + 30_000;
  for (;;) {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
    if (response?.ok === true) return;
    if (performance.now() > deadline) throw new Error(`${url} does not answer any more`);
    await sleep(200);
  }
}

function stageOf(target: RunningTarget): Stage {
  const missing = auditedDatabases.filter((name) => !target.databaseUrls.has(name));
  const databaseUrl = (name: string) => target.databaseUrls.get(name) ?? '';
  return {
    gatewayUrl: target.url,
    simulatorUrl: target.simulatorUrl,
    admin: { email: target.adminEmail, password: target.adminPassword, isOneTime: false },
    platform: undefined,
    databaseUrl: missing.length === 0 ? databaseUrl : undefined,
    notAudited:
      missing.length === 0
        ? []
        : [
            `what only rows can tell, because ${missing.join(', ')} cannot be read (--audit-database NAME=URL)`,
          ],
    restarts: () => ({}),
    isWhole: () => answers(`${target.url}/health`),
    close: async () => {},
  };
}
