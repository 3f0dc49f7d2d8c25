import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { findCrossings } from './imports.ts';
import { findOversized } from './size.ts';

// Everything about the code that needs no running: types, lint, format, dead code, sizes, imports. `npm run check`.
const repository = path.join(import.meta.dirname, '../..');

interface Check {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
}

const checks: readonly Check[] = [
  { name: 'types', command: ['tsc', '-p', 'tsconfig.json'] },
  { name: 'types of the web application', command: ['tsc', '-p', 'apps/web/tsconfig.json'] },
  { name: 'lint', command: ['oxlint', '--type-aware', '--deny-warnings'] },
  { name: 'format', command: ['oxfmt', '--check', '.'] },
  { name: 'dead code', command: ['knip'] },
];

function passes(check: Check): boolean {
  const [program, ...args] = check.command;
  const bin = path.join(repository, 'node_modules/.bin', program);
  const result = spawnSync(process.execPath, [bin, ...args], { cwd: repository, encoding: 'utf8' });
  const isGood = result.status === 0;
  console.log(`${isGood ? '✔' : '✖'} ${check.name}`);
  if (!isGood) console.log(`${result.stdout}${result.stderr}`);
  return isGood;
}

function finds(name: string, faults: readonly string[]): boolean {
  console.log(`${faults.length === 0 ? '✔' : '✖'} ${name}`);
  for (const fault of faults) console.log(`  ${fault}`);
  return faults.length === 0;
}

const results = [
  ...checks.map((check) => passes(check)),
  finds('sizes', findOversized(repository)),
  finds('imports', findCrossings(repository)),
];
process.exit(results.every(Boolean) ? 0 : 1);
