import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { kafkaFolder } from './kafka-jars.ts';

/** One node of a cluster: broker and controller at once. */
export interface KafkaNode {
  /** From 1. */
  readonly id: number;
  readonly port: number;
  readonly controllerPort: number;
  /** Folder of its own. */
  readonly directory: string;
  /** How clients log in, over TLS; absent where anybody may come in the clear. */
  readonly login?: KafkaLogin | undefined;
}

/** A user, by SCRAM-SHA-512, and the certificate that the broker shows, as PEM. */
export interface KafkaLogin {
  readonly username: string;
  readonly password: string;
  readonly certificate: string;
  readonly key: string;
}

const jvm = ['-Xms96m', '-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
const clusterId = 'dXJyLXRlc3Qta2Fma2EtMQ';

// Small, and quick to notice a lost node; all else as Kafka comes.
const settings = {
  'auto.create.topics.enable': false,
  'group.initial.rebalance.delay.ms': 0,
  'offsets.topic.num.partitions': 3,
  'log.cleaner.dedupe.buffer.size': 4_194_304,
  'log.segment.bytes': 16_777_216,
  'num.network.threads': 2,
  'num.io.threads': 3,
  'num.replica.fetchers': 1,
  'broker.session.timeout.ms': 3_000,
  'broker.heartbeat.interval.ms': 500,
  'controller.quorum.election.timeout.ms': 500,
  'controller.quorum.fetch.timeout.ms': 1_000,
  'replica.lag.time.max.ms': 5_000,
  'controlled.shutdown.max.retries': 1,
};

/** The settings of a node among all nodes of its cluster, as `server.properties`. */
export function nodeProperties(node: KafkaNode, nodes: readonly KafkaNode[]): string {
  const voters = nodes.map(({ id, controllerPort }) => `${id}@127.0.0.1:${controllerPort}`).join(',');
  const copies = Math.min(nodes.length, 3);
  const all = {
    ...settings,
    ...listenersOf(node),
    'process.roles': 'broker,controller',
    'node.id': node.id,
    'controller.quorum.voters': voters,
    'controller.listener.names': 'CONTROLLER',
    'log.dirs': path.join(node.directory, 'data'),
    'offsets.topic.replication.factor': copies,
    'transaction.state.log.replication.factor': copies,
    'transaction.state.log.min.isr': Math.max(1, copies - 1),
    'min.insync.replicas': Math.max(1, copies - 1),
  };
  return Object.entries(all)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

function listenersOf({ port, controllerPort, login }: KafkaNode) {
  const name = login === undefined ? 'PLAINTEXT' : 'SASL_SSL';
  const listeners = {
    listeners: `${name}://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `${name}://127.0.0.1:${port}`,
    'listener.security.protocol.map': `${name}:${name},CONTROLLER:PLAINTEXT`,
    'inter.broker.listener.name': name,
  };
  if (login === undefined) return listeners;
  // A certificate in a property stands on one line.
  const pem = (text: string) => text.trim().replaceAll('\n', ' ');
  const scram = 'org.apache.kafka.common.security.scram.ScramLoginModule required';
  const user = `username="${login.username}" password="${login.password}"`;
  return {
    ...listeners,
    'sasl.enabled.mechanisms': 'SCRAM-SHA-512',
    'sasl.mechanism.inter.broker.protocol': 'SCRAM-SHA-512',
    'listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config': `${scram} ${user};`,
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.certificate.chain': pem(login.certificate),
    'ssl.keystore.key': pem(login.key),
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.certificates': pem(login.certificate),
  };
}

/** Writes a node's settings and formats its storage. */
export async function formatNode(node: KafkaNode, nodes: readonly KafkaNode[]): Promise<void> {
  await writeFile(propertiesOf(node), nodeProperties(node, nodes));
  await writeFile(path.join(node.directory, 'log4j2.properties'), logging);
  const user = node.login && `SCRAM-SHA-512=[name=${node.login.username},password=${node.login.password}]`;
  const tool = ['kafka.tools.StorageTool', 'format', '-t', clusterId, '-c', propertiesOf(node)];
  if (user !== undefined) tool.push('--add-scram', user);
  const child = spawn('java', [...javaArguments(node), ...tool], { stdio: ['ignore', 'pipe', 'pipe'] });
  let written = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (written += text));
  const code = await new Promise((resolve, reject) => child.once('close', resolve).once('error', reject));
  if (code !== 0) throw new Error(`Kafka's storage could not be formatted: ${written}`);
}

/** The command that runs a formatted node. */
export function serverCommand(node: KafkaNode): readonly string[] {
  return ['java', ...javaArguments(node), 'kafka.Kafka', propertiesOf(node)];
}

function javaArguments(node: KafkaNode): string[] {
  const configuration = path.join(node.directory, 'log4j2.properties');
  return [...jvm, `-Dlog4j2.configurationFile=${configuration}`, '-cp', path.join(kafkaFolder, '*')];
}

function propertiesOf(node: KafkaNode): string {
  return path.join(node.directory, 'server.properties');
}

const logging = `status = error
appender.out.type = Console
appender.out.name = out
appender.out.layout.type = PatternLayout
appender.out.layout.pattern = %d{ISO8601} %p %c{1} %m%n
rootLogger.level = warn
rootLogger.appenderRef.out.ref = out
logger.server.name = kafka.server.KafkaRaftServer
logger.server.level = info
`;
