import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { kafkaMissing } from '@urr/testkit/kafka-server.ts';
import { redisSkip } from '@urr/testkit/redis-process.ts';
import { spawnProcess } from '@urr/testkit/spawn-process.ts';
import { descendantsOf } from '../../load/bench/platform/process-tree.ts';
import { exists } from '../../load/guarantees/chaos/victims.ts';
import { clusterLayout } from '../../tools/cluster/cluster-layout.ts';
import { fetchEngines } from '../../tools/cluster/fetch-engines.ts';
import { replicasOf } from '../../tools/cluster/replicas.ts';
import { freePortOffset } from '../../tools/platform/ports.ts';
import { buyAsShown } from '../readme/purchase.ts';

const skip = redisSkip() || kafkaMissing('a cluster on this machine');
const repository = path.join(import.meta.dirname, '../..');
const longestStartSeconds = 60;
/** PostgreSQL, six of Redis, three of Kafka, the balancer, the pages and the simulator. */
const otherPrograms = 13;

test(
  'npm run cluster is ready within a minute, sells a ticket, and stops without a trace',
  { skip },
  async (context) => {
    const portOffset = await freePortOffset(clusterLayout(await fetchEngines(() => {})).ports);
    const directory = await mkdtemp(path.join(tmpdir(), 'urr-cluster-'));
    const cluster = await spawnProcess('node', ['tools/bootstrap.mjs', 'tools/cluster/main.ts'], {
      cwd: repository,
      env: { PORT_OFFSET: String(portOffset) },
    });
    context.after(async () => {
      await cluster.kill('SIGTERM');
      await rm(directory, { recursive: true, force: true });
      await rm(path.join(repository, `.urr/cluster-${portOffset}`), { recursive: true, force: true });
    });
    await cluster.waitForOutput('Ctrl-C stops it', { timeoutMs: 150_000 });
    const seconds = Number(/on sale \(([\d.]+) s\)/.exec(cluster.output())?.[1]);
    context.diagnostic(`ready after ${seconds} s`);
    assert.ok(seconds < longestStartSeconds, `${seconds} s`);
    await buyAsShown('README.md', portOffset, directory);
    const programs = descendantsOf(cluster.pid).map(({ pid }) => pid);
    assert.ok(
      programs.length >= replicasOf(portOffset).length + otherPrograms,
      `${programs.length} processes`,
    );
    assert.deepEqual(await cluster.kill('SIGINT'), { code: 0, signal: null });
    assert.deepEqual(programs.filter(exists), []);
  },
);
