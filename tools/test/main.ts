import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import path from 'node:path';
import { useTestServer, TEST_POSTGRES_VARIABLE } from '@urr/testkit/test-server.ts';
import { type BrowserSuitesEnd, runBrowserSuites } from './browser-suites.ts';

// Runs every test file that needs no other machine, on one shared PostgreSQL: `npm test [-- pattern…]`.
const repository = path.join(import.meta.dirname, '../..');
const patterns = process.argv.slice(2);
const everywhere = ['packages', 'services', 'tools', 'load', 'e2e', 'apps'].map(
  (folder) => `${folder}/**/*.test.ts`,
);

function testFiles(): string[] {
  const files = globSync(everywhere, {
    cwd: repository,
    exclude: (name) => /node_modules|\.next/.test(name),
  }).sort();
  return patterns.length === 0
    ? files
    : files.filter((file) => patterns.some((pattern) => file.includes(pattern)));
}

async function runFiles(
  files: readonly string[],
  environment: Readonly<Record<string, string>>,
  atOnce = 2,
): Promise<number> {
  const child = spawn(
    process.execPath,
    ['--test', `--test-concurrency=${atOnce}`, '--test-timeout=300000', ...files],
    { cwd: repository, stdio: 'inherit', env: { ...process.env, ...environment } },
  );
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
}

async function runOnServer(files: readonly string[]): Promise<number> {
  if (files.length === 0) return 0;
  const server = await useTestServer();
  try {
    return await runFiles(files, { [TEST_POSTGRES_VARIABLE]: server.url });
  } finally {
    await server.release();
  }
}

async function runInBrowser(files: readonly string[]): Promise<BrowserSuitesEnd> {
  return files.length === 0 ? { code: 0 } : runBrowserSuites(files, runFiles);
}

async function runClusters(files: readonly string[]): Promise<number> {
  return files.length === 0 ? 0 : runFiles(files, {}, 1);
}

const files = testFiles();
if (files.length === 0) {
  console.error(`No test file matches ${patterns.join(' ')}`);
  process.exit(1);
}
const needsBrowser = (file: string) => file.startsWith(path.join('e2e', 'browser'));
// Each starts some twenty processes of its own.
const startsCluster = (file: string) => file.endsWith('.cluster.test.ts');
const code = await runOnServer(files.filter((file) => !needsBrowser(file) && !startsCluster(file)));
// Afterwards, so that none is slowed down by another.
const browser = await runInBrowser(files.filter(needsBrowser));
const clusterCode = await runClusters(files.filter(startsCluster));
if (browser.remark !== undefined) console.error(browser.remark);
process.exit([code, browser.code, clusterCode].find((one) => one !== 0) ?? 0);
