import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import path from 'node:path';
import { useTestServer, TEST_POSTGRES_VARIABLE } from '@urr/testkit/test-server.ts';

// Runs every test file that needs no other machine, on one shared PostgreSQL: `npm test [-- pattern…]`.
const repository = path.join(import.meta.dirname, '../..');
const patterns = process.argv.slice(2);
const everywhere = ['packages', 'services', 'tools', 'load', 'e2e'].map((folder) => `${folder}/**/*.test.ts`);

function testFiles(): string[] {
  const files = globSync(everywhere, {
    cwd: repository,
    exclude: (name) => name.includes('node_modules'),
  }).sort();
  return patterns.length === 0
    ? files
    : files.filter((file) => patterns.some((pattern) => file.includes(pattern)));
}

async function runTests(files: readonly string[], postgresUrl: string): Promise<number> {
  const child = spawn(
    process.execPath,
    ['--test', '--test-concurrency=2', '--test-timeout=300000', ...files],
    {
      cwd: repository,
      stdio: 'inherit',
      env: { ...process.env, [TEST_POSTGRES_VARIABLE]: postgresUrl },
    },
  );
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
}

const files = testFiles();
if (files.length === 0) {
  console.error(`No test file matches ${patterns.join(' ')}`);
  process.exit(1);
}
const server = await useTestServer();
const code = await runTests(files, server.url);
await server.release();
process.exit(code);
