/**
 * Runs a script of this repository with the Node.js pinned in package.json, installing what is missing first.
 * Usage: node tools/bootstrap.mjs [Node.js options] <script.ts> [arguments]
 * Plain JavaScript for Node.js 20 and nothing but its own modules: it runs on a fresh clone.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const LOCK_FILE = join(ROOT, 'package-lock.json');
const INSTALLED_FILE = join(ROOT, 'node_modules', '.package-lock.json');
const STAMP_FILE = join(ROOT, 'node_modules', '.urr-installed');
const STATE_DIRECTORY = join(ROOT, '.urr');
const INSTALLING_FILE = join(STATE_DIRECTORY, 'installing');
const REQUIRED_MAJOR = 24;
const HEARTBEAT_MS = 2_000;
const ABANDONED_AFTER_MS = 20_000;
const SHELL_CHECK_MS = 250;
const COMPILE_MS = 20_000;

let signalled = false;

async function main(words) {
  const at = words.findIndex((word) => !word.startsWith('-'));
  if (at < 0) fail('Usage: node tools/bootstrap.mjs [Node.js options] <script.ts> [arguments]');
  const wanted = wantedStamp();
  if (read(STAMP_FILE) !== wanted) await installAlone(wanted);
  runScript([...words.slice(0, at), resolve(ROOT, words[at]), ...words.slice(at + 1)]);
}

/** What the installed packages were made from; another system's packages do not count. */
function wantedStamp() {
  const lock = readFileSync(LOCK_FILE);
  return `${createHash('sha256').update(lock).digest('hex')} ${process.platform}-${process.arch}\n`;
}

/** Two starts at once: one installs, the other waits for it. */
async function installAlone(wanted) {
  await takeTurn();
  const beat = setInterval(() => touch(INSTALLING_FILE), HEARTBEAT_MS);
  try {
    if (read(STAMP_FILE) !== wanted && !isInstalled()) await install();
    mkdirSync(dirname(STAMP_FILE), { recursive: true });
    writeFileSync(STAMP_FILE, wanted);
  } finally {
    clearInterval(beat);
    rmSync(INSTALLING_FILE, { force: true });
  }
}

async function takeTurn() {
  let seen = { claim: '', touchedAt: 0, since: performance.now() };
  let told = false;
  for (;;) {
    if (await claimTurn()) return;
    if (!told) process.stderr.write('Another start is installing the packages: waiting for it.\n');
    told = true;
    await sleep(100);
    const now = {
      claim: read(INSTALLING_FILE),
      touchedAt: touchedAt(INSTALLING_FILE),
      since: performance.now(),
    };
    if (now.claim !== seen.claim || now.touchedAt !== seen.touchedAt) seen = now;
    // Judged by how long it was watched, not by the clock: a suspended laptop would look abandoned.
    else if (!isAlive(Number(now.claim)) || now.since - seen.since > ABANDONED_AFTER_MS)
      await dropClaim(now.claim);
  }
}

async function claimTurn() {
  makeStateDirectory();
  try {
    writeFileSync(INSTALLING_FILE, String(process.pid), { flag: 'wx' });
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
  // A slower one that found the same abandoned claim may have put this one aside: whose claim stands now, installs.
  await sleep(30);
  return read(INSTALLING_FILE) === String(process.pid);
}

async function dropClaim(claim) {
  const aside = `${INSTALLING_FILE}.${process.pid}`;
  if (read(INSTALLING_FILE) !== claim) return;
  try {
    renameSync(INSTALLING_FILE, aside);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  rmSync(aside, { force: true });
}

/** The database's own account has to pass through this folder, whatever the umask is. */
function makeStateDirectory() {
  if (mkdirSync(STATE_DIRECTORY, { recursive: true }) !== undefined) chmodSync(STATE_DIRECTORY, 0o711);
}

/** True when somebody ran npm by hand and the packages are those of the lock file. */
function isInstalled() {
  if (!existsSync(INSTALLED_FILE)) return false;
  const installed = JSON.parse(read(INSTALLED_FILE)).packages;
  const required = Object.entries(JSON.parse(readFileSync(LOCK_FILE, 'utf8')).packages);
  return required.every(([path, wanted]) => {
    if (!path.startsWith('node_modules/')) return true;
    if (installed[path] === undefined) return wanted.optional === true && !isForThisSystem(wanted);
    return installed[path].version === wanted.version;
  });
}

function isForThisSystem({ os, cpu, libc }) {
  return (
    [os].flat().includes(process.platform) &&
    [cpu].flat().includes(process.arch) &&
    ![libc].flat().includes('musl')
  );
}

async function install() {
  process.stderr.write(
    `${existsSync(INSTALLED_FILE) ? 'The packages have changed: installing them' : 'First start: installing the packages'} (npm ci).\n`,
  );
  // The pinned Node.js and PostgreSQL are optional packages, one per system, so these must not be left out,
  // and NODE_ENV=production must not leave out the tools.
  const options = [
    '--include=optional',
    '--include=dev',
    '--engine-strict=false',
    '--loglevel=error',
    '--no-audit',
    '--no-fund',
    '--no-update-notifier',
  ];
  const npm = spawnNpm(['ci', ...options]);
  const stopForwarding = forwardSignals(npm);
  const ended = await new Promise((settle) => npm.once('error', settle).once('exit', settle));
  stopForwarding();
  if (ended === 0) return;
  rmSync(INSTALLING_FILE, { force: true });
  if (signalled) fail('Stopped while the packages were installed; the next start installs them.');
  fail(
    `The packages could not be installed (npm ci: ${ended?.message ?? ended}). Is the package registry reachable?`,
  );
}

function spawnNpm(args) {
  const running = process.env.npm_execpath;
  const options = { cwd: ROOT, stdio: ['inherit', 2, 2] };
  if (running !== undefined && basename(running) === 'npm-cli.js')
    return spawn(process.execPath, [running, ...args], options);
  return spawn('npm', args, { ...options, shell: process.platform === 'win32' });
}

function runScript(args) {
  const pinned = pinnedNode();
  if (pinned !== undefined) return runWith(pinned, args);
  if (isRecentEnough()) return runWith(process.execPath, args);
  fail(needsNode());
}

function pinnedNode() {
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const path = join(ROOT, 'node_modules', `node-${system}-${process.arch}`, 'bin', name);
  return existsSync(path) ? path : undefined;
}

function isRecentEnough() {
  return Number(process.versions.node.split('.')[0]) >= REQUIRED_MAJOR;
}

function needsNode() {
  return (
    `This needs Node.js ${REQUIRED_MAJOR} or later; this is ${process.versions.node}, and npm has no copy that runs on ` +
    `${process.platform}-${process.arch} here. Install Node.js ${REQUIRED_MAJOR} (https://nodejs.org/en/download) and start again.`
  );
}

function runWith(node, args) {
  // Kept compiled, a script neither loads the type stripper nor compiles again: half the start, 20 MB less.
  const env = { NODE_COMPILE_CACHE: join(STATE_DIRECTORY, 'compiled'), ...process.env };
  keepCompiled(node, args, env);
  const child = spawn(node, args, { stdio: 'inherit', env });
  forwardSignals(child);
  followNpm(child);
  child.once('error', (error) => {
    // "Not found" though it is there: its C library is missing (Alpine).
    if (error.code === 'ENOENT' && node !== process.execPath && isRecentEnough())
      return runWith(process.execPath, args);
    fail(error.code === 'ENOENT' ? needsNode() : `${node}: ${error.message}`);
  });
  child.once('exit', (code, signal) => {
    if (signal === null) process.exit(code);
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(name);
    process.kill(process.pid, signal);
    // Reached when the signal is one that Node.js ignores or handles itself.
    setTimeout(() => process.exit(1), 100);
  });
}

/**
 * Whoever compiles for itself keeps the compiler's memory as long as it runs. So a script that runs long has a
 * compile-process.ts beside it, which does it once for all, in processes that end.
 */
function keepCompiled(node, args, env) {
  const at = args.findIndex((word) => !word.startsWith('-'));
  const compiler = join(dirname(args[at]), 'compile-process.ts');
  const mark = join(env.NODE_COMPILE_CACHE, basename(dirname(compiler)));
  if (!existsSync(compiler) || existsSync(mark)) return;
  // That it failed is no harm: the script then compiles for itself.
  spawnSync(node, [...args.slice(0, at), compiler], { stdio: 'ignore', env, timeout: COMPILE_MS });
  mkdirSync(env.NODE_COMPILE_CACHE, { recursive: true });
  writeFileSync(mark, '');
}

/** Passes each signal on once; one typed at the terminal has reached the child already. */
function forwardSignals(child) {
  const forward = (name) => {
    signalled = true;
    if (name === 'SIGTERM' || !isInForeground()) child.kill(name);
  };
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const name of names) process.on(name, forward);
  return () => names.forEach((name) => process.off(name, forward));
}

/** npm hands a signal to its shell, which dies of it without a word: that the shell is gone then is the signal. */
function followNpm(child) {
  if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return;
  const shell = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(watch);
    if (!signalled) child.kill('SIGTERM');
  }, SHELL_CHECK_MS);
  watch.unref();
}

/** True when the terminal sends its signals to this process's group: proc(5) stat, fields 5 (group) and 8 (foreground). */
function isInForeground() {
  const fields = read('/proc/self/stat');
  if (fields === '') return process.stdin.isTTY === true;
  const [, , group, , , foreground] = fields.slice(fields.lastIndexOf(')') + 2).split(' ');
  return group === foreground;
}

function isAlive(pid) {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function touchedAt(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function touch(file) {
  const now = new Date();
  utimesSync(file, now, now);
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

await main(process.argv.slice(2));
