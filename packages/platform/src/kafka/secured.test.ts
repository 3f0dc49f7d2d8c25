import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type KafkaCluster, kafkaMissing, startKafka } from '@urr/testkit/kafka-server.ts';
import { spawnProcess } from '@urr/testkit/spawn-process.ts';

const program = path.join(import.meta.dirname, 'secured-process.fixture.ts');

describe(
  'a broker that asks for a login over TLS',
  { skip: kafkaMissing('TLS and SCRAM with Kafka') },
  () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'urr-tls-'));
    const [certificate, key] = [path.join(folder, 'broker.pem'), path.join(folder, 'broker.key')];
    const user = { username: 'urr', password: 'a-word-and-more' };
    let kafka: KafkaCluster;

    before(async () => {
      const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
      const made = [
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-days',
        '2',
        '-keyout',
        key,
        '-out',
        certificate,
      ];
      execFileSync('openssl', ['req', ...made, ...subject], { stdio: 'ignore' });
      const pem = { certificate: readFileSync(certificate, 'utf8'), key: readFileSync(key, 'utf8') };
      kafka = await startKafka({ nodes: 1, login: { ...user, ...pem } });
    });
    after(async () => {
      await kafka.stop();
      rmSync(folder, { recursive: true });
    });

    const run = (settings: Readonly<Record<string, string>>, authority = certificate) => {
      const all = {
        KAFKA_BOOTSTRAP_SERVERS: kafka.bootstrapServers,
        KAFKA_TOPIC_REPLICATION_FACTOR: '1',
        KAFKA_SSL: 'true',
        KAFKA_SASL_MECHANISM: 'SCRAM-SHA-512',
        KAFKA_SASL_USERNAME: user.username,
        KAFKA_SASL_PASSWORD: user.password,
        ...settings,
      };
      return spawnProcess(program, [JSON.stringify(all)], { env: { NODE_EXTRA_CA_CERTS: authority } });
    };

    test('who has name, password and the authority sends and hears', async () => {
      const child = await run({});
      await child.waitForOutput('sent and heard', { timeoutMs: 30_000 });
      assert.deepEqual(await child.exited, { code: 0, signal: null });
    });

    const strangers = [
      { who: 'a wrong password', settings: { KAFKA_SASL_PASSWORD: 'wrong' } },
      { who: 'an authority nobody knows', settings: {}, authority: '' },
      { who: 'no encryption', settings: { KAFKA_SSL: 'false' } },
    ] as const;
    for (const { who, settings, ...rest } of strangers) {
      test(`${who} fails in bounded time, and says so`, async () => {
        const child = await run(settings, 'authority' in rest ? rest.authority : certificate);
        const end = await child.exited;
        assert.notEqual(end.code, 0);
        assert.doesNotMatch(child.output(), /sent and heard/);
        assert.ok(!child.output().includes(user.password), 'the password is not told');
        assert.match(child.output(), /no topics: /);
      });
    }
  },
);
