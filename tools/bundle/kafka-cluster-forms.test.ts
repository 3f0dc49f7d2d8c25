import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { Admin } from '@platformatic/kafka';
import { kafkaFolder } from '@urr/testkit/kafka-jars.ts';
import { kafkaMissing } from '@urr/testkit/kafka-server.ts';
import { type SpawnedProcess, spawnProcess } from '@urr/testkit/spawn-process.ts';
import { waitUntil } from '@urr/testkit/wait-until.ts';
import { environmentIn } from './compose-file.fixture.ts';

const run = promisify(execFile);
const nodes = [1, 2, 3];
const classes = path.join(kafkaFolder, '*');
const suite = 'Kafka of compose.yaml';

// Containers have an address each and one port; so do these, on the machine's own network.
const addressOf = (node: number | string) => `127.97.1.${node}`;

/** A node's variables as its container has them, with addresses for names. */
function variablesOf(node: number, data: string): Record<string, string> {
  const given = Object.entries(environmentIn(`kafka-${node}`, {}));
  const here = given.map(([name, value]) => [
    name,
    value
      .replaceAll(/kafka-(\d)/g, (_, other: string) => addressOf(other))
      .replaceAll('://:', `://${addressOf(node)}:`),
  ]);
  return { ...(Object.fromEntries(here) as Record<string, string>), KAFKA_LOG_DIRS: data };
}

test(
  'the nodes of compose.yaml become one cluster that keeps three copies',
  { skip: kafkaMissing(suite) },
  async (context) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'urr-compose-kafka-'));
    const running: SpawnedProcess[] = [];
    const admin = new Admin({
      clientId: 'compose',
      bootstrapBrokers: nodes.map((node) => `${addressOf(node)}:9092`),
    });
    context.after(async () => {
      await admin.close();
      await Promise.all(running.map((node) => node.kill()));
      await rm(folder, { recursive: true, force: true });
    });
    for (const node of nodes) running.push(await startNode(node, path.join(folder, String(node))));
    const copies = { topics: ['copies'], partitions: 3, replicas: 3 };
    const isMade = async () => {
      await admin.createTopics(copies).catch(() => undefined);
      const there: string[] = await admin.listTopics().catch(() => []);
      return there.includes('copies');
    };
    await waitUntil(isMade, { timeoutMs: 40_000, what: 'three nodes that take a topic' });
    // The broker that is asked may be a moment behind.
    const knowsAll = async () =>
      (await admin.metadata({ topics: ['copies'], forceUpdate: true })).brokers.size === nodes.length;
    await waitUntil(knowsAll, { timeoutMs: 10_000, what: 'three brokers' });
  },
);

// What the image does at its start: its own program turns variables into settings and formats the storage.
async function startNode(node: number, folder: string) {
  const [defaults, mounted, made] = [`${folder}/defaults`, `${folder}/mounted`, `${folder}/made`];
  for (const directory of [defaults, mounted, made]) await mkdir(directory, { recursive: true });
  const logging = 'Configuration:\n  Loggers:\n    Root:\n      level: ERROR\n';
  for (const name of ['log4j2.yaml', 'tools-log4j2.yaml'])
    await writeFile(path.join(defaults, name), logging);
  await writeFile(path.join(defaults, 'server.properties'), '');
  const folders = [
    '--default-configs-dir',
    defaults,
    '--mounted-configs-dir',
    mounted,
    '--final-configs-dir',
    made,
  ];
  const env = { PATH: process.env['PATH'] ?? '', ...variablesOf(node, path.join(folder, 'data')) };
  await run('java', ['-Xmx128m', '-cp', classes, 'kafka.docker.KafkaDockerWrapper', 'setup', ...folders], {
    env,
  });
  return spawnProcess('java', [
    '-Xmx256m',
    '-XX:TieredStopAtLevel=1',
    '-cp',
    classes,
    'kafka.Kafka',
    path.join(made, 'server.properties'),
  ]);
}
