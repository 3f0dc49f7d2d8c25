import { fill, type LineTexts } from './words.ts';

type WaitTexts = LineTexts['waitValue'];

/** A wait in seconds, from–to, as people say it: nobody can know it to the minute. */
export function waitText(from: number, to: number, texts: WaitTexts): string {
  if (to < 60) return texts.under;
  const [shortest, longest] = [minutesOf(from), minutesOf(to)];
  if (shortest === longest) return fill(texts.one, { from: duration(longest, texts) });
  return fill(texts.band, { from: duration(shortest, texts), to: duration(longest, texts) });
}

// Past an hour, ten minutes more or less say nothing.
function minutesOf(seconds: number): number {
  const minutes = Math.max(1, Math.round(seconds / 60));
  return minutes < 60 ? minutes : Math.round(minutes / 10) * 10;
}

function duration(minutes: number, texts: WaitTexts): string {
  if (minutes < 60) return fill(texts.minutes, { count: minutes });
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return rest === 0
    ? fill(texts.hours, { count: hours })
    : fill(texts.hoursMinutes, { hours, minutes: rest });
}

/** The wait of somebody this far from their turn at a speed of calls a second, as queue-service bands it. */
export function waitBand(distance: number, perSecond: number): readonly [from: number, to: number] {
  const seconds = distance / Math.max(perSecond, 0.01);
  return [seconds * 0.7, seconds * 1.5];
}
