import type { StateDocument } from '@urr/contracts/queue.ts';
import type { Deps } from '../deps.ts';
import { hotStateDocument, stateDocument } from './state-document.ts';

/** Path the state of a line is polled at; the gateway writes every other spelling this way. */
export function statePath(eventId: string): string {
  return `/api/v1/queue/${eventId}/state`;
}

/** Keeps the hot documents equal to the sales in memory; a document is rebuilt only when it changed. */
export function createStatePublisher({
  live,
  hotDocuments,
}: Pick<Deps, 'live' | 'hotDocuments'>): () => void {
  const published = new Map<string, string>();
  const publish = (eventId: string, document: StateDocument) => {
    const text = JSON.stringify(document);
    if (published.get(eventId) === text) return;
    published.set(eventId, text);
    hotDocuments.set(statePath(eventId), hotStateDocument(document));
  };
  return () => {
    for (const sale of live.all()) publish(sale.sale.eventId, stateDocument(sale));
    for (const eventId of published.keys()) {
      if (live.find(eventId) !== undefined) continue;
      published.delete(eventId);
      hotDocuments.remove(statePath(eventId));
    }
  };
}
