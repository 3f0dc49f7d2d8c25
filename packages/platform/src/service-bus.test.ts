import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { freePort } from '@urr/testkit/free-port.ts';
import { ConfigFault } from './config.ts';
import { startHearingService } from './service-bus.fixture.ts';

const nowhere = async () => ({ KAFKA_BOOTSTRAP_SERVERS: `127.0.0.1:${await freePort()}` });

/** What of Kafka's a process has loaded that ran a service with these settings. */
async function loadedBy(settings: Readonly<Record<string, string>>): Promise<string[]> {
  const script = `
    import { registerHooks } from 'node:module';
    const loaded = [];
    registerHooks({ resolve: (name, context, next) => {
      if (name === '@platformatic/kafka' || name.endsWith('/event-text.ts')) loaded.push(name);
      return next(name, context);
    } });
    const { startHearingService } = await import(${JSON.stringify(new URL('service-bus.fixture.ts', import.meta.url).href)});
    const service = await startHearingService(${JSON.stringify(settings)});
    await service.stop();
    console.log(JSON.stringify([...new Set(loaded)]));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
  return JSON.parse(stdout) as string[];
}

test('nothing of Kafka is loaded where no brokers are named', async () => {
  assert.deepEqual(await loadedBy({}), []);
  assert.deepEqual(await loadedBy({ KAFKA_BOOTSTRAP_SERVERS: '', KAFKA_TOPIC_REPLICATION_FACTOR: '3' }), []);
  assert.ok((await loadedBy(await nowhere())).includes('@platformatic/kafka'), 'and this would see it');
});

test('with all brokers away a service starts, says so in its readiness, and takes requests', async (context) => {
  const service = await startHearingService(await nowhere());
  context.after(() => service.stop());
  const startedAt = performance.now();
  assert.deepEqual(await service.readiness(), {
    status: 200,
    body: { isReady: true, dependencies: { kafka: 'down' } },
  });
  assert.ok(performance.now() - startedAt < 2_500);
});

test('a service without Kafka says nothing of it', async (context) => {
  const service = await startHearingService({});
  context.after(() => service.stop());
  assert.deepEqual((await service.readiness()).body, { isReady: true, dependencies: {} });
});

test('settings of Kafka that lack something keep a service from starting', async () => {
  const settings = { ...(await nowhere()), KAFKA_SASL_MECHANISM: 'SCRAM-SHA-256' };
  await assert.rejects(startHearingService(settings), ConfigFault);
});
