import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConfigFault } from '../config.ts';
import { clientOptions } from './client-options.ts';
import { readKafkaConfig } from './kafka-variables.ts';

const servers = { KAFKA_BOOTSTRAP_SERVERS: 'a.example:9092,b.example:9092' };
const read = (settings: Readonly<Record<string, string>>) => readKafkaConfig({ ...servers, ...settings });

test('without brokers there is no Kafka, whatever else is set', () => {
  assert.equal(readKafkaConfig({ KAFKA_TOPIC_REPLICATION_FACTOR: '3', KAFKA_SASL_USERNAME: 'x' }), undefined);
});

test('a login that lacks something is refused with its name', () => {
  const faults = (settings: Readonly<Record<string, string>>) => {
    try {
      read(settings);
      return [];
    } catch (error) {
      return error instanceof ConfigFault ? error.faults : [];
    }
  };
  assert.deepEqual(faults({ KAFKA_SASL_MECHANISM: 'SCRAM-SHA-512' }), [
    'KAFKA_SASL_USERNAME must be set where KAFKA_SASL_MECHANISM is SCRAM-SHA-512',
    'KAFKA_SASL_PASSWORD must be set where KAFKA_SASL_MECHANISM is SCRAM-SHA-512',
  ]);
  assert.deepEqual(faults({ KAFKA_SASL_MECHANISM: 'AWS_MSK_IAM' }), [
    'AWS_REGION must be set where KAFKA_SASL_MECHANISM is AWS_MSK_IAM',
  ]);
  assert.equal(faults({ KAFKA_SASL_USERNAME: 'x' }).length, 1);
  assert.equal(faults({ KAFKA_BOOTSTRAP_SERVERS: 'no port' }).length, 1);
});

test('the login of AWS is never tried in the clear, and a password is asked for when it is needed', async () => {
  const iam = read({ KAFKA_SASL_MECHANISM: 'AWS_MSK_IAM', AWS_REGION: 'ap-northeast-2' });
  assert.ok(iam !== undefined);
  const ofRole = clientOptions('x', iam);
  assert.deepEqual(ofRole.tls, {});
  assert.equal(ofRole.sasl?.mechanism, 'OAUTHBEARER');
  const named = {
    KAFKA_SASL_MECHANISM: 'SCRAM-SHA-512',
    KAFKA_SASL_USERNAME: 'me',
    KAFKA_SASL_PASSWORD: 'word',
  };
  const scram = read(named);
  assert.ok(scram !== undefined);
  const { sasl, tls } = clientOptions('x', scram);
  assert.equal(tls, undefined);
  assert.ok(typeof sasl?.password === 'function');
  assert.equal(await sasl.password(), 'word');
  assert.ok(!JSON.stringify(scram).includes('word'));
});
