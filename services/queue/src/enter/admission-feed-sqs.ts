import { type SendMessageBatchRequestEntry, SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { AdmissionMessage } from '@urr/contracts/admission-feed.ts';
import type { Logger } from '@urr/platform/logger.ts';
import { Counter, Gauge, type Registry } from '@urr/platform/metrics.ts';
import type { Admission, AdmissionFeed } from './admission-feed.ts';
import { AdmissionQueue, type SendResult } from './admission-feed-queue.ts';

/** Where the feed goes. */
export interface SqsSettings {
  readonly queueUrl: string;
  readonly region: string;
  readonly endpoint: string | undefined;
}

/** Milliseconds one call may take, answer included. */
const callDeadlineMs = 3_000;

/** Publishes admissions to an SQS FIFO queue: a group per event, each admission once in any five minutes. */
export function createSqsFeed(
  settings: SqsSettings,
  { logger, registry }: { readonly logger: Logger; readonly registry: Registry },
): AdmissionFeed {
  const client = new SQSClient({
    region: settings.region,
    endpoint: settings.endpoint ?? new URL(settings.queueUrl).origin,
    // Tries again here, where the order within a group is kept.
    maxAttempts: 1,
  });
  const outcomes = new Counter({
    name: 'queue_admission_feed_total',
    help: 'Admissions published, or given up because of what',
    labelNames: ['outcome'],
    registers: [registry],
  });
  const queue = new AdmissionQueue({
    send: (batch, signal) => sendBatch(client, settings.queueUrl, batch, signal),
    count: (outcome, count) => outcomes.inc({ outcome }, count),
    logger,
  });
  new Gauge({
    name: 'queue_admission_feed_waiting',
    help: 'Admissions on their way to the feed',
    registers: [registry],
    collect() {
      this.set(queue.waiting);
    },
  });
  return {
    publish: (admission) => queue.add(admission),
    stop: async () => {
      await queue.stop();
      client.destroy();
    },
  };
}

async function sendBatch(
  client: SQSClient,
  queueUrl: string,
  batch: readonly Admission[],
  signal: AbortSignal,
): Promise<SendResult> {
  const command = new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: batch.map(entryOf) });
  const abortSignal = AbortSignal.any([signal, AbortSignal.timeout(callDeadlineMs)]);
  const { Failed: failed = [] } = await client.send(command, { abortSignal });
  return failed.map(({ Id: id, SenderFault: isOurs, Code: fault = 'unknown' }) => ({
    index: Number(id),
    isForGood: isOurs === true,
    fault,
  }));
}

/** An admission as SQS takes it; `id` tells it from others of its batch. */
export function entryOf(admission: Admission, id: number): SendMessageBatchRequestEntry {
  const { eventId, accountId, entryToken, grantedAt } = admission;
  const message: AdmissionMessage = {
    action: 'admitted',
    eventId,
    userId: accountId,
    entryToken,
    timestamp: grantedAt.toISOString(),
  };
  return {
    Id: String(id),
    MessageGroupId: eventId,
    // A bare pair would swallow whoever returns within SQS's memory of five minutes.
    MessageDeduplicationId: `${accountId}:${eventId}:${admission.admission}`,
    MessageBody: JSON.stringify(message),
  };
}
