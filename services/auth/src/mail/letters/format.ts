import type { Language } from '@urr/platform/language.ts';

const tags: Readonly<Record<Language, string>> = { ko: 'ko-KR', en: 'en-GB' };

/** Won, as the pages write it: `132,000원`, `₩132,000`. */
export function formatWon(amount: number, language: Language): string {
  const digits = amount.toLocaleString(tags[language]);
  return language === 'ko' ? `${digits}원` : `₩${digits}`;
}

/** A date and time in Seoul, where the shows are. */
export function formatMoment(instant: string, language: Language): string {
  const format = new Intl.DateTimeFormat(tags[language], {
    dateStyle: 'full',
    timeStyle: 'short',
    timeZone: 'Asia/Seoul',
  });
  return format.format(new Date(instant));
}
