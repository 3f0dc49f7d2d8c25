import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kafkaMissing } from '@urr/testkit/kafka-server.ts';
import { redisSkip } from '@urr/testkit/redis-process.ts';
import { parseOptions } from '../drill/options.ts';
import { noProgress } from '../drill/progress.ts';
import { hasten } from './chaos/quick-sale.ts';
import { runRolling } from './rolling/run-rolling.ts';

const skip = redisSkip() || kafkaMissing('the rolling restart of a cluster');

test('nobody notices that every replica is restarted during a sale', { skip }, async (context) => {
  const options = parseOptions(['--cluster', '--rolling', '--seats', '700', '--fans', '1400']);
  const { faults, blows } = await runRolling(options, { progress: noProgress, recast: hasten });
  for (const line of blows) context.diagnostic(line);
  assert.deepEqual(faults, []);
});
