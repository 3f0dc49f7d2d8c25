import { spawn } from 'node:child_process';
import path from 'node:path';
import { TEST_POSTGRES_VARIABLE, useTestServer } from '@urr/testkit/test-server.ts';
import { CommandLineStop, readCommandLine, reportEnd } from '../platform/command-line.ts';
import { guaranteeTests } from './guarantee-tests.ts';

// Runs the guarantee tests again and again: `npm run guarantees -- --rounds n`.
const usage = `Usage: npm run guarantees -- [--rounds 1] [--only G4]
  --only   the tests of one guarantee; may be repeated (${Object.keys(guaranteeTests).join(', ')})`;
const repository = path.join(import.meta.dirname, '../..');

interface Wanted {
  readonly rounds: number;
  readonly files: readonly string[];
}

// Ends the program when the command line has a fault.
function readWanted(): Wanted {
  try {
    return parseWanted();
  } catch (error) {
    process.exit(reportEnd(error));
  }
}

function parseWanted(): Wanted {
  const { values } = readCommandLine(usage, {
    options: {
      rounds: { type: 'string', default: '1' },
      only: { type: 'string', multiple: true, default: Object.keys(guaranteeTests) },
    },
  });
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1 || rounds > 10_000)
    throw new CommandLineStop(
      usage,
      `--rounds must be a whole number from 1 to 10000, not "${values.rounds}".`,
    );
  const byName = new Map<string, readonly string[]>(Object.entries(guaranteeTests));
  const files = values.only.flatMap((name) => {
    const tests = byName.get(name);
    if (tests === undefined) throw new CommandLineStop(usage, `There is no guarantee "${name}".`);
    return tests;
  });
  return { rounds, files: [...new Set(files)].toSorted() };
}

function runOnce(
  files: readonly string[],
  environment: Record<string, string | undefined>,
  atOnce: number,
): Promise<boolean> {
  if (files.length === 0) return Promise.resolve(true);
  const args = ['--test', `--test-concurrency=${atOnce}`, '--test-reporter=spec', ...files];
  const child = spawn(process.execPath, args, { cwd: repository, stdio: 'inherit', env: environment });
  return new Promise((resolve) => child.once('exit', (code) => resolve(code === 0)));
}

const { rounds, files } = readWanted();
// Each of these starts some twenty processes of its own.
const onCluster = files.filter((file) => file.endsWith('.cluster.test.ts'));
const onOneMachine = files.filter((file) => !onCluster.includes(file));
const server = await useTestServer();
// Every process falls often here; `npm test` is content with ten kills.
const killPoints = process.env['CHAOS_KILL_POINTS'] ?? '50';
const environment = {
  ...process.env,
  CHAOS_KILL_POINTS: killPoints,
  [TEST_POSTGRES_VARIABLE]: server.url,
};
let broken = 0;
for (let round = 1; round <= rounds && broken === 0; round += 1) {
  console.log(`round ${round} of ${rounds}`);
  const isHeld = (await runOnce(onOneMachine, environment, 2)) && (await runOnce(onCluster, environment, 1));
  if (!isHeld) broken += 1;
}
await server.release();
process.exit(broken === 0 ? 0 : 1);
