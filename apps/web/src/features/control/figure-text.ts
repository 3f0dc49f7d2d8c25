import type { Locale } from '../../i18n/routing.ts';

const tags: Readonly<Record<Locale, string>> = { ko: 'ko-KR', en: 'en-GB' };

/** A number with one digit after the point below ten, none from there on. */
export function oneDigit(value: number, locale: Locale): string {
  const digits = value > 0 && value < 10 ? 1 : 0;
  return value.toLocaleString(tags[locale], { minimumFractionDigits: 0, maximumFractionDigits: digits });
}

/** A share in percent; a part that is not nothing is never shown as 0 %, one that is not all never as 100 %. */
export function percent(part: number, whole: number, locale: Locale): string {
  const exact = whole <= 0 ? 0 : (part / whole) * 100;
  const digits = exact > 0 && exact < 10 ? 1 : 0;
  const shown = Math.round(exact * 10 ** digits) / 10 ** digits;
  const least = 10 ** -digits;
  const kept = part > 0 && shown === 0 ? least : part < whole && shown >= 100 ? 99 : shown;
  return `${kept.toLocaleString(tags[locale], { maximumFractionDigits: 1 })}%`;
}

/** Milliseconds as people say them: under a second in milliseconds, else in seconds. */
export function seconds(ms: number, locale: Locale): string {
  if (ms < 1_000) return `${Math.round(ms)}${locale === 'ko' ? '밀리초' : ' ms'}`;
  const value = (ms / 1_000).toLocaleString(tags[locale], { maximumFractionDigits: 1 });
  return `${value}${locale === 'ko' ? '초' : ' s'}`;
}
