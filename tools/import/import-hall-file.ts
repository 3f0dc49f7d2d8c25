import path from 'node:path';
import { callRoute } from '@urr/contracts/call-route.ts';
import { importHall } from '@urr/contracts/catalog.ts';
import { type HallImportReport, Slug } from '@urr/contracts/catalog-shapes.ts';
import type { Bilingual } from '@urr/contracts/primitives.ts';
import { Value } from 'typebox/value';
import { callOptions, ImportRefused, type ImportTarget, takenBody } from './import-target.ts';
import { readTextFile } from './read-text-file.ts';

/** What a hall is called; from the file's name when absent. */
export interface HallNaming {
  readonly slug?: string | undefined;
  readonly name?: Partial<Bilingual> | undefined;
  /** Only tell what the import would do. */
  readonly dryRun?: boolean | undefined;
}

const shippedNames: Readonly<Record<string, Bilingual>> = {
  'small-theatre': { ko: '소극장', en: 'Small theatre' },
  'large-theatre': { ko: '대극장', en: 'Large theatre' },
  stadium: { ko: '경기장', en: 'Stadium' },
  dome: { ko: '돔', en: 'Dome' },
};

/** Sends a hall's CSV to the gateway. Throws `ImportRefused`. */
export async function importHallFile(
  target: ImportTarget,
  file: string,
  naming: HallNaming = {},
): Promise<HallImportReport> {
  const slug = slugOf(file, naming.slug);
  const name = { ...(shippedNames[slug] ?? { ko: slug, en: slug }), ...naming.name };
  const body = { slug, name, csv: await readTextFile(file) };
  const query = { dryRun: naming.dryRun === true };
  return takenBody(target, file, await callRoute(importHall, { body, query }, callOptions(target)));
}

function slugOf(file: string, given: string | undefined): string {
  const slug = given ?? path.basename(file, '.csv');
  const isSlug: boolean = Value.Check(Slug, slug);
  if (isSlug) return slug;
  const source =
    given === undefined ? `its slug would be "${slug}", from the file's name` : `--slug is "${slug}"`;
  throw new ImportRefused(file, [
    `${source}, but a slug is lower-case words joined by "-": rename it with --slug`,
  ]);
}
