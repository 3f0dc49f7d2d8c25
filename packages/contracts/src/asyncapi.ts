import type { TSchema } from 'typebox';
import { DomainEventEnvelope, type DomainEventDefinition, domainEvents } from './domain-events.ts';
import { deadLetterTopic, partitionsPerTopic, topics } from './topology.ts';

type Json = Readonly<Record<string, unknown>>;

const contentType = 'application/cloudevents+json';

/** The AsyncAPI 3.0 document of the domain events and the topics they travel on, made from the contracts. */
export function asyncApiDocument(definitions: readonly DomainEventDefinition[] = domainEvents): Json {
  const channels = topics.flatMap((topic) => [
    [topic, channelOf(topic, definitions)] as const,
    [deadLetterTopic(topic), deadLettersOf(topic)] as const,
  ]);
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'URR domain events',
      version: '1.0.0',
      description:
        'CloudEvents 1.0 in JSON (structured mode). At least once; in order for events of one subject. A consumer ' +
        'recognises an event by its id. A change that old consumers would misread is a new type, which ends in the next version.',
    },
    defaultContentType: contentType,
    channels: Object.fromEntries(channels),
    components: {
      messages: {
        ...Object.fromEntries(definitions.map((definition) => [definition.type, messageOf(definition)])),
        [deadLetter]: deadLetterMessage,
      },
    },
  };
}

function channelOf(topic: string, definitions: readonly DomainEventDefinition[]): Json {
  const types = definitions.filter((definition) => definition.topic === topic).map(({ type }) => type);
  return {
    address: topic,
    ...(types.length === 0 ? { description: 'No event travels here yet' } : {}),
    messages: Object.fromEntries(types.map((type) => [type, { $ref: `#/components/messages/${type}` }])),
    bindings: { kafka: { topic, partitions: partitionsPerTopic } },
  };
}

function deadLettersOf(topic: string): Json {
  return {
    address: deadLetterTopic(topic),
    description: `What a consumer of ${topic} could not digest, as it came; \`npm run dlq\` replays it from the consumer's own table`,
    messages: { [deadLetter]: { $ref: `#/components/messages/${deadLetter}` } },
    bindings: { kafka: { topic: deadLetterTopic(topic), partitions: partitionsPerTopic } },
  };
}

function messageOf({ type, data }: DomainEventDefinition): Json {
  const { properties, required } = DomainEventEnvelope;
  return {
    name: type,
    contentType,
    bindings: { kafka: { key: { type: 'string', description: 'The subject' } } },
    payload: plain({
      type: 'object',
      required,
      properties: {
        ...properties,
        type: { const: type },
        datacontenttype: { const: 'application/json' },
        data,
      },
    }),
  };
}

const deadLetter = 'dead-letter';
const text = (description: string) => ({ type: 'string', description });
const deadLetterMessage: Json = {
  name: deadLetter,
  headers: {
    type: 'object',
    properties: {
      'urr-consumer': text('Who could not digest it'),
      'urr-event-id': text("Its id in that consumer's table of dead letters"),
      'urr-fault': text('Why'),
      'urr-topic': text('Where it came from'),
      'urr-partition': text('Its partition there'),
      'urr-offset': text('Its offset there'),
    },
  },
  payload: { description: 'Byte for byte what came' },
};

function plain(schema: TSchema | Json): unknown {
  return JSON.parse(JSON.stringify(schema));
}
