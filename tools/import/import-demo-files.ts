import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { callRoute } from '@urr/contracts/call-route.ts';
import { getEvent } from '@urr/contracts/catalog.ts';
import { importEventFile, parseEvent, publishImported } from './import-event-file.ts';
import { importHallFile } from './import-hall-file.ts';
import { callOptions, ImportRefused, type ImportTarget } from './import-target.ts';
import { readTextFile } from './read-text-file.ts';

/** Imports and publishes whatever of `data/` is not there yet, as an organiser would. Answers the events it published. */
export async function importDemoFiles(target: ImportTarget, directory: string): Promise<string[]> {
  const folder = path.join(directory, 'demo');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).toSorted();
  const files = names.map((name) => path.join(folder, name));
  const found = await Promise.all(files.map(async (file) => ({ file, ...(await findEvent(target, file)) })));
  const missing = found.filter((event) => event.state === 'missing');
  const halls = new Set(missing.map((event) => event.hall).filter((hall) => hall !== undefined));
  for (const hall of halls) await importHallFile(target, path.join(directory, 'halls', `${hall}.csv`));
  const published: string[] = [];
  for (const { file } of missing)
    published.push((await importEventFile(target, file, { publish: true })).eventId);
  // A start that was interrupted between the two steps leaves a draft.
  const drafts = found.filter((event) => event.state === 'draft');
  for (const { file, eventId } of drafts)
    published.push((await publishImported(target, file, eventId)).eventId);
  return published;
}

async function findEvent(target: ImportTarget, file: string) {
  const { slug, venue } = parseEvent(file, await readTextFile(file));
  const result = await callRoute(getEvent, { params: { eventId: slug } }, callOptions(target));
  if (result.ok) return { state: result.body.state, eventId: result.body.eventId, hall: venue.hall };
  if (result.problem.code === 'event-not-found') return { state: 'missing', eventId: '', hall: venue.hall };
  throw new ImportRefused(file, [`${result.problem.title} (${result.problem.code})`]);
}
