import { createHash } from 'node:crypto';
import type { DomainEventEnvelope } from '@urr/contracts/domain-events.ts';
import type { Topic } from '@urr/contracts/topology.ts';

const unreadableType = 'urr.unreadable';

/** Where a text was found: unlike anything in it, this is certain. */
export interface TextOrigin {
  readonly topic: Topic;
  readonly partition: number;
  readonly offset: bigint;
  readonly key: string;
}

/** An envelope around a text that is no event, so that it can be buried and read again later; its id follows from its place. */
export function wrapUnreadable(text: string, origin: TextOrigin): DomainEventEnvelope {
  const source = `/${origin.topic}/${origin.partition}/${origin.offset}`;
  return {
    specversion: '1.0',
    id: uuidOf(source),
    source,
    type: unreadableType,
    subject: storable(origin.key),
    time: new Date().toISOString(),
    data: { text: storable(text) },
  };
}

/** The event itself, read anew where it was buried unread: the contracts may know it by now. Throws `UnreadableEvent`. */
export async function rereadEvent(envelope: DomainEventEnvelope, topic: Topic): Promise<DomainEventEnvelope> {
  if (envelope.type !== unreadableType) return envelope;
  const { readEvent } = await import('./event-text.ts');
  return readEvent((envelope.data as { readonly text: string }).text, topic);
}

// PostgreSQL stores neither NUL nor half a surrogate pair; JSON that has them is no event of ours.
function storable(text: string): string {
  return text.replaceAll('\0', '\uFFFD').toWellFormed();
}

function uuidOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
