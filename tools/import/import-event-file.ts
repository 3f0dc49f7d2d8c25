import { callRoute } from '@urr/contracts/call-route.ts';
import { importEvent, publishEvent } from '@urr/contracts/catalog.ts';
import type { EventDetail, EventInput } from '@urr/contracts/catalog-shapes.ts';
import { callOptions, ImportRefused, type ImportTarget, takenBody } from './import-target.ts';
import { readTextFile } from './read-text-file.ts';

/** Sends an event's JSON to the gateway, and publishes the event when asked to. Throws `ImportRefused`. */
export async function importEventFile(
  target: ImportTarget,
  file: string,
  options: { readonly publish?: boolean | undefined } = {},
): Promise<EventDetail> {
  const body = parseEvent(file, await readTextFile(file));
  const imported = takenBody(target, file, await callRoute(importEvent, { body }, callOptions(target)));
  if (options.publish !== true) return imported;
  return publishImported(target, file, imported.eventId);
}

/** Publishes an event that came from `file`. */
export async function publishImported(
  target: ImportTarget,
  file: string,
  eventId: string,
): Promise<EventDetail> {
  return takenBody(target, file, await callRoute(publishEvent, { params: { eventId } }, callOptions(target)));
}

/** Reads an event file's JSON; its content is the service's to judge. */
export function parseEvent(file: string, text: string): EventInput {
  try {
    return JSON.parse(text) as EventInput;
  } catch (error) {
    throw new ImportRefused(file, [error instanceof Error ? error.message : 'not JSON']);
  }
}
