import type { Locale } from '../../i18n/routing.ts';

/** A moment in Seoul to the second, written as the dates of all pages are; the year where it is another one. */
export function exactMoment(instant: string, locale: Locale, now: number = Date.now()): string {
  const at = new Date(instant);
  const tag = locale === 'ko' ? 'ko-KR' : 'en-GB';
  const zone = { timeZone: 'Asia/Seoul' } as const;
  const year = (moment: Date | number) =>
    new Intl.DateTimeFormat('en', { ...zone, year: 'numeric' }).format(moment);
  const day = new Intl.DateTimeFormat(tag, {
    ...zone,
    ...(year(at) === year(now) ? {} : { year: 'numeric' }),
    month: 'short',
    day: 'numeric',
    weekday: 'short',
  }).format(at);
  const time = new Intl.DateTimeFormat(tag, {
    ...zone,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).format(at);
  return locale === 'ko' ? `${day} ${time}` : `${day}, ${time}`;
}
