import { findRedisServer } from '@urr/testkit/redis-process.ts';
import { readCommandLine, reportEnd } from '../platform/command-line.ts';
import { installPackages, whyNotInstallable } from './debian-packages.ts';
import { awsEngine, kafkaEngine } from './engines.ts';
import { checksumsOf, fetchJars, type JarEngine } from './fetch-jars.ts';

const usage = `Usage: npm run engines [-- --checksums]
  Fetches what tests of the scale-out profile and npm run cluster need besides npm's packages: Redis (Debian's package, as root),
  Apache Kafka, and stand-ins for SQS and S3 (Maven; they need Java 17).
  --checksums   print the checksums of the jars that are here; for after a change of their versions`;

async function main(): Promise<void> {
  const { values } = readCommandLine(usage, { options: { checksums: { type: 'boolean', default: false } } });
  const engines: readonly JarEngine[] = [kafkaEngine, awsEngine];
  if (values.checksums) {
    for (const { name, folder } of engines) console.log(`${name}\n${checksumsOf(folder)}`);
    return;
  }
  const faults: string[] = [];
  const attempt = (work: Promise<unknown>) =>
    work.catch((error: unknown) => faults.push(error instanceof Error ? error.message : String(error)));
  await attempt(fetchRedis());
  for (const engine of engines) await attempt(fetchJars(engine, progress));
  if (faults.length > 0) throw new Error(faults.join('\n'));
  console.log(`All there: redis-server, ${engines.map(({ name }) => name).join(', ')}.`);
}

const progress = (step: string) => console.log(`… ${step}`);

async function fetchRedis(): Promise<void> {
  if (findRedisServer() !== undefined) return;
  const obstacle = whyNotInstallable('redis-server');
  if (obstacle !== undefined) throw new Error(obstacle);
  progress('installing redis-server (apt-get)');
  const fault = await installPackages(['redis-server']);
  if (fault !== undefined) throw new Error(fault);
}

try {
  await main();
} catch (error) {
  process.exitCode = reportEnd(error);
}
