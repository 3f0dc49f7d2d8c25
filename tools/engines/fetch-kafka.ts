import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { checksumsOf, jarFaults, kafkaJars, kafkaProject } from './kafka-engine.ts';

const deadlineMs = 5 * 60_000;

/** Fetches Apache Kafka's jars where they are not there yet, and checks every one of them. Throws with the reason. */
export async function fetchKafka(progress: (step: string) => void = console.log): Promise<string> {
  const { folder, checksums } = kafkaJars;
  if (existsSync(folder)) return folder;
  await mkdir(path.dirname(folder), { recursive: true });
  const work = await mkdtemp(`${folder}.part-`);
  try {
    progress('… fetching Apache Kafka (mvn)');
    await writeFile(path.join(work, 'pom.xml'), kafkaProject);
    await copyJars(work);
    const faults = jarFaults(path.join(work, 'jars'), await readFile(checksums, 'utf8'));
    if (faults.length > 0) throw new Error(`Kafka's jars are not those expected:\n  ${faults.join('\n  ')}`);
    await takePlace(path.join(work, 'jars'), folder);
    return folder;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

// Somebody else may have been faster.
async function takePlace(from: string, to: string): Promise<void> {
  await rename(from, to).catch((error: unknown) => {
    if (!existsSync(to)) throw error;
  });
}

function copyJars(work: string): Promise<void> {
  const goal = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';
  const output = path.join(work, 'jars');
  const args = ['-q', '-B', goal, `-DoutputDirectory=${output}`, '-DincludeScope=runtime'];
  return new Promise((resolve, reject) => {
    const child = spawn('mvn', args, { cwd: work, stdio: ['ignore', 'pipe', 'pipe'], timeout: deadlineMs });
    let written = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (written += text));
    child.once('error', (cause) => reject(new Error('Maven (mvn) could not be started', { cause })));
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`mvn failed: ${written}`))));
  });
}

async function main(): Promise<void> {
  // After a change of the version: what is fetched then is what the list says from now on.
  if (process.argv[2] === '--print-checksums')
    return void process.stdout.write(checksumsOf(kafkaJars.folder));
  console.log(await fetchKafka());
}

if (process.argv[1] === import.meta.filename) {
  await main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
