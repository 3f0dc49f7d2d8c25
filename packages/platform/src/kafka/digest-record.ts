import { setTimeout as sleep } from 'node:timers/promises';
import type { DomainEventEnvelope } from '@urr/contracts/domain-events.ts';
import { deadLetterTopic } from '@urr/contracts/topology.ts';
import { type DigestOutcome, type Subscription, tryToDigest } from '../event-bus.ts';
import { readEvent } from '../event-text.ts';
import type { Logger } from '../logger.ts';
import { wrapUnreadable } from '../unreadable-event.ts';
import { reasonOf } from './faults.ts';
import type { FedRecord } from './partition-feed.ts';
import type { TopicProducer } from './produce.ts';

/** What digesting takes. */
export interface DigestParts {
  readonly subscription: Subscription;
  readonly producer: TopicProducer;
  readonly logger: Logger;
}

/** Pause before an event is tried again whose consumer could not reach what it needs. Milliseconds. */
const outOfReachPauseMs = 3_000;
/** Ten minutes and more; then the event is buried, so that its successors get their turn. */
const outOfReachRounds = 60;
const burialPauseMs = 2_000;
/** With its headers a copy must not pass the size that a broker takes, 1 MiB, as the original just did. */
const mostCopiedBytes = 900_000;

/**
 * Sees to one record until it is digested or buried: in the consumer's own table and on the topic's `.dlq`. Throws
 * only when aborted; the record is then as if it had never been taken.
 */
export async function digestRecord(
  parts: DigestParts,
  record: FedRecord,
  signal: AbortSignal,
): Promise<void> {
  const { topic, handle } = parts.subscription;
  const key = record.key?.toString() ?? '';
  const text = record.value?.toString() ?? '';
  let envelope: DomainEventEnvelope;
  try {
    envelope = readEvent(text, topic);
  } catch (fault) {
    const wrapped = wrapUnreadable(text, { ...record, topic, key });
    return bury(parts, { record, envelope: wrapped, fault }, signal);
  }
  for (let round = 1; ; round += 1) {
    const outcome: DigestOutcome = await tryToDigest(handle, envelope, signal);
    if (outcome.kind === 'digested') return;
    if (outcome.kind === 'poison' || round === outOfReachRounds)
      return bury(parts, { record, envelope, fault: outcome.fault }, signal);
    parts.logger.warn(
      { topic, event: envelope.id, fault: reasonOf(outcome.fault) },
      'event waits for its consumer',
    );
    await sleep(outOfReachPauseMs, undefined, { signal });
  }
}

interface Corpse {
  readonly record: FedRecord;
  readonly envelope: DomainEventEnvelope;
  readonly fault: unknown;
}

// Until both know of it the record is not done, and its offset not committed.
async function bury(parts: DigestParts, corpse: Corpse, signal: AbortSignal): Promise<void> {
  const { subscription, logger } = parts;
  const { topic, deadLetters } = subscription;
  const { envelope, fault } = corpse;
  for (;;) {
    try {
      await deadLetters.bury(envelope, topic, fault);
      await tellDeadLetterTopic(parts, corpse);
      logger.error({ topic, event: envelope.id, fault: reasonOf(fault) }, 'event buried');
      return;
    } catch (error) {
      logger.warn({ topic, event: envelope.id, fault: reasonOf(error) }, 'event not buried yet');
    }
    await sleep(burialPauseMs, undefined, { signal });
  }
}

function tellDeadLetterTopic({ subscription, producer }: DigestParts, { record, envelope, fault }: Corpse) {
  const { consumer, topic } = subscription;
  const headers = {
    'urr-consumer': consumer,
    'urr-event-id': envelope.id,
    'urr-fault': reasonOf(fault).slice(0, 2_000),
    'urr-topic': topic,
    'urr-partition': String(record.partition),
    'urr-offset': String(record.offset),
  };
  const key = record.key?.toString() ?? '';
  const value = record.value ?? Buffer.alloc(0);
  if (value.length <= mostCopiedBytes)
    return producer.produce(deadLetterTopic(topic), [{ key, value, headers }]);
  // The table has all of it.
  const cut = { ...headers, 'urr-cut-from-bytes': String(value.length) };
  return producer.produce(deadLetterTopic(topic), [
    { key, value: value.subarray(0, mostCopiedBytes), headers: cut },
  ]);
}
