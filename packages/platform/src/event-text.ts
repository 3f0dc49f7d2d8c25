import {
  DomainEventEnvelope,
  type DomainEventDefinition,
  domainEvents,
} from '@urr/contracts/domain-events.ts';
import type { Topic } from '@urr/contracts/topology.ts';
import { Compile } from 'typebox/compile';

/** Media type of an event in CloudEvents' structured mode. */
export const eventMediaType = 'application/cloudevents+json; charset=UTF-8';

/** Says why a text is not an event that the contracts know. */
export class UnreadableEvent extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.name = 'UnreadableEvent';
  }
}

const envelopes = Compile(DomainEventEnvelope);
const definitions: readonly DomainEventDefinition[] = domainEvents;
const types = new Map(
  definitions.map((definition) => [
    definition.type,
    { topic: definition.topic, data: Compile(definition.data) },
  ]),
);

/** An event as a CloudEvent in JSON. */
export function writeEvent(envelope: DomainEventEnvelope): string {
  const { specversion, id, source, type, subject, time, data } = envelope;
  const attributes = { specversion, id, source, type, subject, time, datacontenttype: 'application/json' };
  return JSON.stringify({ ...attributes, data });
}

/** Reads an event from its text; throws `UnreadableEvent` unless the contracts know its type and its data fits. */
export function readEvent(text: string, topic: Topic): DomainEventEnvelope {
  const envelope = parse(text);
  if (!envelopes.Check(envelope))
    throw new UnreadableEvent(`not a domain event: ${firstFault(envelopes, envelope)}`);
  const known = types.get(envelope.type);
  if (known === undefined || known.topic !== topic)
    throw new UnreadableEvent(`no event of this type travels on ${topic}: ${envelope.type}`);
  if (!known.data.Check(envelope.data))
    throw new UnreadableEvent(`data of ${envelope.type}: ${firstFault(known.data, envelope.data)}`);
  if (!isStorable(envelope)) throw new UnreadableEvent('a NUL or half a surrogate pair in a text');
  return envelope;
}

// What PostgreSQL refuses could be neither digested nor buried as it is.
function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return !value.includes('\0') && value.isWellFormed();
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([name, part]) => isStorable(name) && isStorable(part));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UnreadableEvent('not JSON', { cause });
  }
}

interface Checker {
  Errors(value: unknown): Iterable<{ readonly instancePath: string; readonly message: string }>;
}

function firstFault(checker: Checker, value: unknown): string {
  const [fault] = checker.Errors(value);
  return fault === undefined ? 'unknown fault' : `${fault.instancePath} ${fault.message}`.trim();
}
