import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { AWS_STANDIN_DIRECTORY } from '@urr/testkit/aws-standin.ts';

// Fetches the local servers that play SQS and S3 in tests: `node tools/engines/fetch-aws-standin.ts`. ElasticMQ for SQS,
// because it alone remembers a deduplication id after its message is gone, as SQS does; S3Mock for S3.

/** SHA-256 over the lines `<sha256>  <file>` of all jars in order of name. */
const pinnedDigest = 'cd5aa34af10ff335013298042bc47a5abb11ccd1882e69a7383424f3e05be456';
const copyDependencies = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';
const fetchDeadlineMs = 5 * 60_000;

/** Brings the servers here, unless they are; throws when they cannot be had or are not what was pinned. */
export async function fetchAwsStandin(): Promise<string> {
  if (existsSync(AWS_STANDIN_DIRECTORY)) return AWS_STANDIN_DIRECTORY;
  const incoming = `${AWS_STANDIN_DIRECTORY}.${process.pid}`;
  await mkdir(incoming, { recursive: true });
  try {
    await runMaven(incoming);
    const digest = await digestOf(incoming);
    if (digest !== pinnedDigest)
      throw new Error(`Maven brought other files than were pinned: ${digest} instead of ${pinnedDigest}`);
    await moveIntoPlace(incoming);
  } finally {
    await rm(incoming, { recursive: true, force: true });
  }
  return AWS_STANDIN_DIRECTORY;
}

// Another fetch may have been quicker; both brought the same.
async function moveIntoPlace(incoming: string): Promise<void> {
  await rename(incoming, AWS_STANDIN_DIRECTORY).catch((error: unknown) => {
    if (!existsSync(AWS_STANDIN_DIRECTORY)) throw error;
  });
}

async function digestOf(directory: string): Promise<string> {
  const lines = (await readdir(directory)).sort().map(async (name) => {
    const content = await readFile(path.join(directory, name));
    return `${createHash('sha256').update(content).digest('hex')}  ${name}\n`;
  });
  const text = (await Promise.all(lines)).join('');
  return createHash('sha256').update(text).digest('hex');
}

async function runMaven(outputDirectory: string): Promise<void> {
  const pom = path.join(import.meta.dirname, 'aws-standin.pom.xml');
  const args = ['--quiet', '--batch-mode', '--file', pom, copyDependencies];
  const child = spawn('mvn', [...args, `-DoutputDirectory=${outputDirectory}`, '-DincludeScope=runtime'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: fetchDeadlineMs,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  const code = await new Promise<number | null>((resolve, reject) =>
    child.once('error', reject).once('close', resolve),
  );
  if (code !== 0) throw new Error(`Maven could not fetch the servers (it ended with ${code}):\n${output}`);
}

if (import.meta.main) console.log(await fetchAwsStandin());
