import type { ProblemDocument } from '@urr/contracts/problem-document.ts';
import type { Locale } from '../../i18n/routing.ts';

/** Messages of a refusal by the path of their field; an empty message stands for "not valid". */
export type RefusedFields = Readonly<Record<string, string>>;

/** The fields a refusal names, in the paths an event file has: `sale.opensAt`, `prices.VIP`, `pools.0.grade`. */
export function refusedFields(problem: ProblemDocument, locale: Locale): RefusedFields {
  if (problem.code === 'slug-taken') return { slug: problem.title };
  if (problem.code === 'sale-already-open') return { 'sale.opensAt': problem.title };
  const fields: Record<string, string> = {};
  for (const { path, message } of listedErrors(problem.data))
    fields[fieldPath(path)] ??= messageIn(message, locale);
  return fields;
}

/** What the schema said of the fields it names, in English and for those who write files by hand. */
export function schemaMessages(problem: ProblemDocument): RefusedFields {
  const errors = listedErrors(problem.data).flatMap(({ path, message }) =>
    typeof message === 'string' ? [[fieldPath(path), message] as const] : [],
  );
  return Object.fromEntries(errors);
}

function listedErrors(data: unknown): { path: string; message: unknown }[] {
  if (typeof data !== 'object' || data === null || !('errors' in data) || !Array.isArray(data.errors))
    return [];
  return data.errors.flatMap((error: unknown) =>
    typeof error === 'object' && error !== null && 'path' in error && typeof error.path === 'string'
      ? [{ path: error.path, message: 'message' in error ? error.message : undefined }]
      : [],
  );
}

// A schema names `body/sale/opensAt`, a rule `sale.opensAt`.
function fieldPath(path: string): string {
  return path.replace(/^body\/?/, '').replaceAll('/', '.');
}

// What a schema says is English for programmers: the field's own hint says it better.
function messageIn(message: unknown, locale: Locale): string {
  if (typeof message !== 'object' || message === null || !(locale in message)) return '';
  const text: unknown = (message as Record<string, unknown>)[locale];
  return typeof text === 'string' ? text : '';
}
