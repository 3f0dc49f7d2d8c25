import type { Locale } from '../i18n/routing.ts';

const daySeconds = 86_400;

/** Time left as people count it: `3일 07:12:45`, `3 days 07:12:45`, within a day `07:12:45`. Whole seconds, never negative. */
export function formatCountdown(seconds: number, locale: Locale): string {
  const left = Math.max(0, Math.ceil(seconds));
  const two = (value: number) => String(value).padStart(2, '0');
  const clock = [(left % daySeconds) / 3600, (left % 3600) / 60, left % 60]
    .map((part) => two(Math.floor(part)))
    .join(':');
  if (left < daySeconds) return clock;
  const days = new Intl.NumberFormat(locale, { style: 'unit', unit: 'day', unitDisplay: 'long' });
  return `${days.format(Math.floor(left / daySeconds))} ${clock}`;
}
