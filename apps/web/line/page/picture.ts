import { formatClock, formatCount, formatShortMoment } from '../../src/design/format.ts';
import type { Locale } from '../../src/i18n/routing.ts';
import { isInLine, peopleAhead, type Sight, type Standing, standingOf } from './standing.ts';
import { waitBand, waitText } from './wait-text.ts';
import { fill, type LineTexts } from './words.ts';

/** Texts of the page that change; what is `null` is not shown. */
export type Slot =
  | 'badge'
  | 'title'
  | 'lead'
  | 'ahead'
  | 'number'
  | 'serving'
  | 'wait'
  | 'gathered'
  | 'clockLabel'
  | 'clock'
  | 'moment'
  | 'notice'
  | 'paused'
  | 'pausedMeans'
  | 'looked'
  | 'join'
  | 'enter';

/** Parts of the page that are there or not. */
export type Part = 'signIn' | 'tickets' | 'expect' | 'leave' | 'draw' | 'alarm' | 'progress' | 'pause';

/** The page at one moment: what the server writes and the script rewrites. */
export interface Picture {
  readonly standing: Standing;
  readonly tone: 'calm' | 'good' | 'warn';
  readonly texts: Readonly<Record<Slot, string | null>>;
  readonly parts: Readonly<Record<Part, boolean>>;
  /** Whether the draw is still to come, for the words of the link to it. */
  readonly drawText: 'draw' | 'drawBefore';
  /** Share of the line before this place that has been served, 0–1. */
  readonly progress: number;
  readonly stock: readonly { readonly grade: string; readonly left: string; readonly isNone: boolean }[];
}

/** What a picture is drawn with. */
export interface Brush {
  readonly texts: LineTexts;
  readonly locale: Locale;
  /** Server's clock. */
  readonly nowMs: number;
}

const waitingForOthers: ReadonlySet<Standing> = new Set(['lobby', 'drawing', 'waiting', 'paused', 'soldout']);

/** Draws what is known. */
export function pictureOf(sight: Sight, brush: Brush): Picture {
  const standing = standingOf(sight);
  return {
    standing,
    tone: toneOf(standing),
    texts: {
      ...headOf(sight, standing, brush),
      ...figuresOf(sight, standing, brush),
      ...clockOf(sight, brush),
      ...buttonsOf(sight, standing, brush.texts),
      ...pauseOf(sight, brush),
      looked: lookedOf(sight, brush),
    },
    parts: partsOf(sight, standing),
    drawText: isBeforeDraw(sight) ? 'drawBefore' : 'draw',
    progress: progressOf(sight),
    stock: stockOf(sight, brush),
  };
}

function toneOf(standing: Standing): Picture['tone'] {
  if (standing === 'called' || standing === 'admitted') return 'good';
  return /paused|soldout|cancelled|closed/.test(standing) ? 'warn' : 'calm';
}

function headOf({ place }: Sight, standing: Standing, { texts, locale }: Brush) {
  const { badge, title, lead } = texts.standing[standing];
  const ends = place?.slotEndsAt ?? null;
  const until = ends === null ? '' : formatShortMoment(ends, locale);
  return { badge, title, lead: fill(lead, { until }) };
}

function figuresOf(sight: Sight, standing: Standing, { texts, locale }: Brush) {
  const { state, place } = sight;
  const nothing = { ahead: null, number: null, serving: null, wait: null, gathered: null };
  if (state === null || !waitingForOthers.has(standing) || place === null) return nothing;
  const count = (value: number) => formatCount(value, locale);
  const ahead = peopleAhead(state, place);
  if (ahead === null || place.number === null)
    // The reader is there, even where the state is a second older.
    return {
      ...nothing,
      gathered: fill(texts.gatheredValue, {
        count: count(Math.max(state.issued, (place.lobbyIndex ?? -1) + 1)),
      }),
    };
  const [from, to] = waitBand(ahead + 1, state.rate);
  return {
    ...nothing,
    ahead: ahead === 0 ? texts.aheadNext : fill(texts.aheadValue, { count: count(ahead) }),
    number: fill(texts.numberValue, { count: count(place.number) }),
    serving: fill(texts.servingValue, { count: count(state.serving) }),
    wait: standing === 'waiting' ? waitText(from, to, texts.waitValue) : texts.waitUnknown,
  };
}

/** The moment people look forward to now, server's clock, and how to name it; `null` when the sale has begun. */
export function nextMoment({ state }: Sight): { at: 'lobby' | 'opening'; ms: number } | null {
  if (state === null || (state.phase !== 'scheduled' && state.phase !== 'lobby')) return null;
  const [lobby = 0, opening = 0] = state.times;
  return state.phase === 'scheduled' && lobby < opening
    ? { at: 'lobby', ms: lobby * 1000 }
    : { at: 'opening', ms: opening * 1000 };
}

// Before the opening the phase does not say it: a state that carries a notice is that of a line that is paused.
const beforeEntry: ReadonlySet<string> = new Set(['scheduled', 'lobby', 'drawing']);

function isPausedAhead({ state }: Sight): boolean {
  return state?.notice !== undefined && beforeEntry.has(state.phase);
}

// The countdown goes on: the order is drawn when it ends, but nobody is let in before the pause is over.
function pauseOf(sight: Sight, { texts, locale }: Brush) {
  const notice = sight.state?.notice?.[locale] || null;
  if (!isPausedAhead(sight)) return { notice, paused: null, pausedMeans: null };
  const next = nextMoment(sight);
  const means = next?.at === 'lobby' ? texts.pausedBeforeLobby : texts.pausedBeforeOpening;
  return { notice, paused: texts.paused, pausedMeans: next === null ? null : means };
}

function clockOf(sight: Sight, { texts, locale, nowMs }: Brush) {
  const next = nextMoment(sight);
  if (next === null) return { clockLabel: null, clock: null, moment: null };
  const [label, at] =
    next.at === 'lobby'
      ? [texts.untilLobby, texts.lobbyAt]
      : [isPausedAhead(sight) ? texts.untilPlanned : texts.untilOpening, texts.openingAt];
  return {
    clockLabel: label,
    clock: formatClock(Math.ceil((next.ms - nowMs) / 1000)),
    moment: fill(at, { moment: formatShortMoment(next.ms, locale) }),
  };
}

function buttonsOf({ state }: Sight, standing: Standing, texts: LineTexts) {
  return { join: joinText(standing, state?.phase === 'scheduled', texts), enter: enterText(standing, texts) };
}

function joinText(standing: Standing, isEarly: boolean, texts: LineTexts): string | null {
  if (standing === 'left' || standing === 'done') return isEarly ? null : texts.joinAgain;
  if (standing === 'outside-lobby') return texts.joinLobby;
  return standing.startsWith('outside-') ? texts.join : null;
}

function enterText(standing: Standing, texts: LineTexts): string | null {
  if (standing === 'called') return texts.enter;
  return standing === 'admitted' ? texts.toSeats : null;
}

function partsOf({ place, state }: Sight, standing: Standing): Picture['parts'] {
  const isWaiting = waitingForOthers.has(standing);
  return {
    signIn: standing === 'sign-in',
    tickets: standing === 'done' || standing === 'cancelled',
    expect: isWaiting,
    leave:
      place !== null &&
      isInLine(place) &&
      standing !== 'drawing' &&
      standing !== 'ended' &&
      standing !== 'cancelled',
    draw: state !== null && standing !== 'no-sale',
    alarm: isWaiting,
    pause: state?.notice !== undefined,
    progress: isWaiting && place !== null && place.number !== null,
  };
}

function isBeforeDraw({ state }: Sight): boolean {
  return state === null || ['scheduled', 'lobby', 'drawing'].includes(state.phase);
}

function progressOf({ state, place }: Sight): number {
  if (state === null || place === null || place.number === null) return 0;
  return Math.min(1, state.serving / Math.max(1, place.number - 1));
}

function stockOf({ state }: Sight, { texts, locale }: Brush): Picture['stock'] {
  return Object.entries(state?.stock ?? {}).map(([grade, left]) => ({
    grade,
    left: left === 0 ? texts.none : fill(texts.left, { count: formatCount(left, locale) }),
    isNone: left === 0,
  }));
}

function lookedOf({ lookedAtMs }: Sight, { texts, locale }: Brush): string | null {
  if (lookedAtMs === null) return null;
  const time = new Intl.DateTimeFormat(locale === 'ko' ? 'ko-KR' : 'en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZone: 'Asia/Seoul',
  }).format(lookedAtMs);
  return fill(texts.looked, { time });
}
