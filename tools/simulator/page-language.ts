import type { Language } from './provider-error.ts';

/** The language a page is written in. */
export type PageLanguage = {
  language: Language;
  /** Goes with the page's own links and forms: a language chosen by hand stays chosen. */
  query: '' | `?lang=${Language}`;
};

/** The language of a request: the one chosen by hand, else the browser's first of ours, else Korean. */
export function pageLanguage(query: unknown, acceptLanguage: string | undefined): PageLanguage {
  const chosen = typeof query === 'object' && query !== null && 'lang' in query ? query.lang : undefined;
  if (chosen === 'ko' || chosen === 'en') return { language: chosen, query: `?lang=${chosen}` };
  return { language: preferred(acceptLanguage ?? ''), query: '' };
}

function preferred(acceptLanguage: string): Language {
  const ranges = acceptLanguage.split(',').map((range) => {
    const [tag = '', ...parameters] = range.trim().toLowerCase().split(';');
    const weight = parameters.map((parameter) => /^\s*q=([\d.]+)$/.exec(parameter)?.[1]).find(Boolean);
    return { primary: tag.split('-')[0], weight: Number(weight ?? 1) };
  });
  const ours = ranges.filter(({ primary, weight }) => (primary === 'ko' || primary === 'en') && weight > 0);
  const first = ours.sort((one, other) => other.weight - one.weight)[0];
  return first?.primary === 'en' ? 'en' : 'ko';
}
