import type { Locale } from '../i18n/routing.ts';

const tags: Readonly<Record<Locale, string>> = { ko: 'ko-KR', en: 'en-GB' };

/** Won, as people read it: `132,000원`, `₩132,000`. */
export function formatWon(amount: number, locale: Locale): string {
  const digits = amount.toLocaleString(tags[locale]);
  return locale === 'ko' ? `${digits}원` : `₩${digits}`;
}

/** A whole number with separators. */
export function formatCount(count: number, locale: Locale): string {
  return count.toLocaleString(tags[locale]);
}

/** A date and time in Seoul, where the shows are. */
export function formatMoment(instant: string | number | Date, locale: Locale): string {
  const format = new Intl.DateTimeFormat(tags[locale], {
    dateStyle: 'full',
    timeStyle: 'short',
    timeZone: 'Asia/Seoul',
  });
  return keptTogether(format.format(new Date(instant)));
}

/** A short date and time in Seoul. */
export function formatShortMoment(instant: string | number | Date, locale: Locale): string {
  const format = new Intl.DateTimeFormat(tags[locale], {
    month: 'short',
    day: 'numeric',
    weekday: 'short',
    hour: locale === 'ko' ? 'numeric' : '2-digit',
    minute: '2-digit',
    timeZone: 'Asia/Seoul',
  });
  return keptTogether(format.format(new Date(instant)));
}

// A line never breaks between the half of the day and its hour.
function keptTogether(moment: string): string {
  return moment.replace(/(오전|오후) /u, '$1\u00a0');
}

/** Seconds as `m:ss`, or `h:mm:ss` from an hour on; never negative. */
export function formatClock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}
