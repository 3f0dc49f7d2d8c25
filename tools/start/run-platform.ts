import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { smtpNames } from '@urr/auth-service/mail/smtp-names.ts';
import type { Environment } from '@urr/platform/config.ts';
import { startPostgres } from '@urr/platform/embedded-postgres/start-postgres.ts';
import { tracingNames } from '@urr/platform/tracing/tracing-names.ts';
import { hasMailServer } from '../mailbox/mailbox-source.ts';
import { readCommandLine } from '../platform/command-line.ts';
import type { PlatformLayout } from '../platform/layout.ts';
import { portOffsetOf } from '../platform/port-offset.ts';
import { postgresPort, simulatorPort } from '../platform/processes.ts';
import { runOnce } from '../platform/run-once.ts';
import { assertPortsUsable } from '../platform/ports.ts';
import { type RunningPlatform, startPlatform } from '../platform/start-platform.ts';

/** A way to run the platform on this machine. */
export interface RunPlan {
  readonly usage: string;
  /** What it is made of; asked for once the command line is known to be good. */
  readonly layout: () => PlatformLayout | Promise<PlatformLayout>;
  /** Its folder in `.urr/`, the port offset aside. */
  readonly folder: string;
  /** Rows of the table that is printed, besides those all have. */
  readonly rows?: (platform: RunningPlatform) => readonly [string, string][];
}

const stateDirectory = path.join(import.meta.dirname, '../../.urr');

/** Runs a platform with its pages and the demo events until Ctrl-C; `--reset` begins anew. */
export async function runPlatform(plan: RunPlan): Promise<void> {
  const { values } = readCommandLine(plan.usage, { options: { reset: { type: 'boolean', default: false } } });
  const portOffset = portOffsetOf(process.env['PORT_OFFSET']);
  const folder = portOffset === 0 ? plan.folder : `${plan.folder}-${portOffset}`;
  const platformDirectory = path.join(stateDirectory, folder);
  const layout = await plan.layout();
  const stopping = stopOnSignal();
  const startedAt = performance.now();
  if (values.reset) await reset(platformDirectory, layout, portOffset);
  const platform = await startPlatform({
    stateDirectory: platformDirectory,
    portOffset,
    hasPages: true,
    layout,
    environment: passedOn(process.env),
    signal: stopping,
    progress: (step) => console.log(`… ${step}`),
  });
  stopping.addEventListener('abort', () => void stopAndExit(platform));
  await importDemo(platform);
  if (!stopping.aborted)
    console.log(tableOf(platform, plan.rows?.(platform) ?? [], (performance.now() - startedAt) / 1000));
}

// A laptop's collector and mail server are told of as a cluster's are; everything else the embedded profile decides itself.
function passedOn(environment: Environment): Record<string, string> {
  const given = [...tracingNames, ...smtpNames].map((name) => [name, environment[name] ?? ''] as const);
  return Object.fromEntries(given.filter(([, value]) => value !== ''));
}

// What was started does not outlive a start that failed.
async function importDemo(platform: RunningPlatform): Promise<void> {
  try {
    await runOnce(path.join(import.meta.dirname, 'import-demo-process.ts'), {
      AUTH_DB_URL: platform.databaseUrl('auth_db'),
      JWT_SECRET: platform.secrets.JWT_SECRET,
      GATEWAY_SERVICE_URL: platform.gatewayUrl,
    });
  } catch (error) {
    await platform.stop();
    throw error;
  }
}

// Starting the old database once stops a server that a killed start left behind, and refuses when another start owns it.
async function reset(platformDirectory: string, layout: PlatformLayout, portOffset: number): Promise<void> {
  await assertPortsUsable(layout.ports, portOffset, true);
  const dataDirectory = path.join(platformDirectory, 'postgres');
  if (existsSync(dataDirectory)) {
    const server = await startPostgres({ dataDirectory, port: postgresPort + portOffset });
    await server.stop();
  }
  // Out of the way at once: what is left of a deletion that was broken off is no platform.
  const deleted = `${platformDirectory}.deleted`;
  await rm(deleted, { recursive: true, force: true });
  if (existsSync(platformDirectory)) await rename(platformDirectory, deleted);
  await rm(deleted, { recursive: true, force: true });
}

// From the very beginning: a start that is broken off leaves nothing behind.
function stopOnSignal(): AbortSignal {
  const stopping = new AbortController();
  const stop = () => {
    if (stopping.signal.aborted) return;
    console.log('\nStopping…');
    stopping.abort(new Error('Stopped before it was ready.'));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  return stopping.signal;
}

async function stopAndExit(platform: RunningPlatform): Promise<never> {
  try {
    await platform.stop();
  } catch (error) {
    console.error(error);
    process.exit(1);
  }
  process.exit(0);
}

// By this name, as the pages are.
function mailboxOf({ portOffset }: RunningPlatform): string {
  if (hasMailServer(process.env)) return 'none: mails are sent by SMTP';
  return `http://localhost:${simulatorPort + portOffset}/mailbox`;
}

function tableOf(platform: RunningPlatform, others: readonly [string, string][], seconds: number): string {
  const rows: [string, string][] = [
    ['Shop', platform.pagesUrl],
    ['API', `${platform.gatewayUrl}/api/v1`],
    ['API reference', `${platform.gatewayUrl}/docs`],
    ['Health', `${platform.gatewayUrl}/health`],
    ['Payment simulator', platform.simulatorUrl],
    ['Mailbox', mailboxOf(platform)],
    ['PostgreSQL', platform.databaseUrl('postgres').replace(/:[^:@]*@/, ':…@')],
    ...others,
    ['Logs', path.relative(process.cwd(), platform.logDirectory)],
  ];
  if (platform.admin !== undefined) {
    rows.push(['Admin', platform.admin.email], ['One-time password', platform.admin.oneTimePassword]);
    rows.push(['', `log in and change it: ${platform.pagesUrl}/login`]);
  } else {
    const offset = platform.portOffset === 0 ? '' : `PORT_OFFSET=${platform.portOffset} `;
    rows.push(['Password lost?', `${offset}npm run admin -- create --email admin@urr.local`]);
  }
  const width = Math.max(...rows.map(([name]) => name.length));
  const lines = rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`);
  return [`\nURR is on sale (${seconds.toFixed(1)} s). Ctrl-C stops it.\n`, ...lines, ''].join('\n');
}
