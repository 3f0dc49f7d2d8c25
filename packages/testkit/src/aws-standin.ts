import { existsSync } from 'node:fs';
import { mkdtemp, readdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type AwsStandin, startAwsStandin } from './aws-standin-process.ts';
import { freePort } from './free-port.ts';

/** Where `npm run engines` puts the servers; the name carries their versions, so a new pin is a new folder. */
export const AWS_STANDIN_DIRECTORY = fileURLToPath(
  new URL('../../../.urr/engines/elasticmq-1.7.1-s3mock-4.11.0', import.meta.url),
);

/** Region the stand-ins are asked in. */
export const AWS_STANDIN_REGION = 'ap-northeast-2';

const HOW_TO_GET = 'npm run engines (needs Java 17 and Maven)';
const S3_JAR = /^s3mock-.*-exec\.jar$/;

/**
 * For a test's `skip`: false when the stand-ins for SQS and S3 are here, else why its tests are left out, which is also
 * said aloud. With CI_REQUIRE_ENGINES=1 their absence throws instead.
 */
export function awsStandinSkip(): string | false {
  if (existsSync(AWS_STANDIN_DIRECTORY)) return false;
  const reason = `the local servers for SQS and S3 are missing: ${HOW_TO_GET}`;
  if (process.env['CI_REQUIRE_ENGINES'] === '1') throw new Error(reason);
  process.stderr.write(`LEFT OUT: tests against SQS and S3, because ${reason}\n`);
  return reason;
}

/**
 * Starts ElasticMQ: FIFO queues with groups, a memory of deduplication ids for five minutes, also of messages that are
 * gone, visibility and dead letters.
 */
export async function startSqs(options: { readonly port?: number } = {}): Promise<AwsStandin> {
  const port = options.port ?? (await freePort());
  const directory = await mkdtemp(path.join(os.tmpdir(), 'urr-sqs-'));
  const settings = path.join(directory, 'elasticmq.conf');
  await writeFile(settings, elasticMqSettings(port));
  const jars = (await readdir(AWS_STANDIN_DIRECTORY)).filter((name) => !S3_JAR.test(name));
  const classPath = jars.map((name) => path.join(AWS_STANDIN_DIRECTORY, name)).join(path.delimiter);
  provideAwsCredentials();
  return startAwsStandin({
    port,
    directory,
    javaArguments: [`-Dconfig.file=${settings}`, '-cp', classPath, 'org.elasticmq.server.Main'],
    probe: '/?Action=ListQueues',
  });
}

/** Starts S3Mock with empty buckets of these names; clients address them by path. */
export async function startS3(
  buckets: readonly string[],
  options: { readonly port?: number } = {},
): Promise<AwsStandin> {
  const port = options.port ?? (await freePort());
  const directory = await mkdtemp(path.join(os.tmpdir(), 'urr-s3-'));
  const jar = (await readdir(AWS_STANDIN_DIRECTORY)).find((name) => S3_JAR.test(name)) ?? '';
  const javaArguments = [
    `-Djava.io.tmpdir=${directory}`,
    '-jar',
    path.join(AWS_STANDIN_DIRECTORY, jar),
    `--com.adobe.testing.s3mock.http-port=${port}`,
    // Its second connector, with TLS, cannot be left out.
    `--server.port=${await freePort()}`,
    `--com.adobe.testing.s3mock.store.root=${path.join(directory, 'objects')}`,
    `--com.adobe.testing.s3mock.store.initial-buckets=${buckets.join(',')}`,
  ];
  provideAwsCredentials();
  return startAwsStandin({ port, directory, javaArguments, probe: '/' });
}

function elasticMqSettings(port: number): string {
  return `include classpath("application.conf")
node-address { protocol = http, host = "127.0.0.1", port = ${port}, context-path = "" }
rest-sqs { enabled = true, bind-port = ${port}, bind-hostname = "127.0.0.1", sqs-limits = strict }
rest-stats { enabled = false }
`;
}

/** Gives this process's clients credentials by the SDK's own chain, which would else go looking for a cloud. */
export function provideAwsCredentials(): void {
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'stand-in', AWS_SECRET_ACCESS_KEY: 'stand-in' });
}
