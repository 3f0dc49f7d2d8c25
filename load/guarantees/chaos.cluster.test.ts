import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kafkaMissing } from '@urr/testkit/kafka-server.ts';
import { redisSkip } from '@urr/testkit/redis-process.ts';
import { readChaosConfig } from './chaos/config.ts';
import { blowsText, faultsOf } from './chaos/judge.ts';
import { quickSale } from './chaos/quick-sale.ts';
import { survive } from './chaos/survive.ts';
import { exists } from './chaos/victims.ts';

const config = readChaosConfig(process.env);
const skip = redisSkip() || kafkaMissing('blows that fall on a cluster');

test(
  'every guarantee holds on a cluster whose parts are killed, paused, flushed and a minute wrong',
  { skip },
  async (context) => {
    context.diagnostic(`seed ${config.seed}`);
    const survival = await survive({ ...config, ...quickSale, maxSeconds: 120, isCluster: true });
    for (const line of blowsText(survival.kills)) context.diagnostic(line);
    context.diagnostic(`${survival.leftToReconciler} payments and refunds left to the reconciler`);
    assert.deepEqual(faultsOf(survival, config.killPoints), []);
    assert.deepEqual(survival.lastProcesses.filter(exists), [], 'processes left behind by a normal stop');
  },
);
