import { problemDocument } from '@urr/contracts/problem-document.ts';
import { type ProblemCode, problemTable } from '@urr/contracts/problem-table.ts';
import type { Locale } from '../../src/i18n/routing.ts';
import { messagesOf } from '../../src/messages/messages.ts';

/** What to say about the refusal an address names; nothing for a code that is not in the table. */
export function refusedText(
  code: string | null,
  locale: Locale,
): { readonly title: string; readonly detail: string } | undefined {
  const { refused } = messagesOf(locale).line.page;
  if (code === 'unknown') return { title: refused.unknown, detail: refused.unknownNext };
  if (code === 'foreign') return { title: refused.foreign, detail: refused.foreignNext };
  if (code === null || !isProblemCode(code)) return undefined;
  const { title, detail } = problemDocument(code, { language: locale });
  return { title, detail };
}

function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(problemTable, code);
}
