import { nextMoment } from './picture.ts';
import { peopleAhead, type Sight, standingOf } from './standing.ts';

/** What decides when the page looks at the line again. */
export interface LookMoment {
  readonly sight: Sight;
  readonly nowMs: number;
  /** Looks in a row that were not answered. */
  readonly failures: number;
  /** Seconds the server asked for, with its refusal. */
  readonly retryAfterSeconds: number | null;
  readonly isHidden: boolean;
  /** 0–1, a new one for each look: a crowd that asks at the same moment is spread by it. */
  readonly random: number;
}

/** Seconds the table gives somebody this far from their turn. */
export function pollSeconds(table: readonly (readonly number[])[], distance: number): number {
  const row = table.find(([reach = 0]) => distance <= reach) ?? table.at(-1);
  return row?.[1] ?? 5;
}

/** Milliseconds until the next look; `null` when nothing can change any more. */
export function nextLookMs(moment: LookMoment): number | null {
  const { sight, failures, retryAfterSeconds, random } = moment;
  const phase = sight.state?.phase;
  if (sight.hasSale && (phase === 'cancelled' || phase === 'ended')) return null;
  if (failures > 0 || retryAfterSeconds !== null) return backOffMs(failures, retryAfterSeconds, random);
  const wanted = secondsFor(sight) * 1000 * (1 + random / 5);
  const paced = Math.max(wanted, moment.isHidden ? 5_000 : 1_000);
  return Math.min(paced, untilMomentMs(moment));
}

/** Seconds after which a page without a script is asked for again: long enough to read it and press something. */
export function refreshSeconds(sight: Sight, nowMs: number): number | null {
  const standing = standingOf(sight);
  if (standing === 'ended' || standing === 'cancelled') return null;
  if (standing === 'checking') return 5;
  const until = (nextMoment(sight)?.ms ?? Infinity) - nowMs;
  return Math.max(5, Math.min(60, secondsFor(sight), Math.ceil(until / 1000) + 1));
}

// Before the draw everybody is as far away as the lobby is large: a small lobby looks often, a large one costs no more.
function secondsFor({ state, place, hasSale, session }: Sight): number {
  if (!hasSale || state === null) return 10;
  if (state.phase === 'drawing') return 1;
  const ahead = place === null ? null : peopleAhead(state, place);
  const seconds = pollSeconds(state.poll, ahead ?? state.issued);
  if (state.phase === 'scheduled') return Math.max(15, seconds);
  const isIdle = session !== 'signed-in' || state.phase === 'paused' || state.phase === 'soldout';
  return isIdle || ahead === null ? Math.max(5, seconds) : seconds;
}

// When the lobby opens and when the sale opens everybody wants to know at once: looks are spread over two seconds.
function untilMomentMs({ sight, nowMs, random }: LookMoment): number {
  const next = nextMoment(sight);
  return next === null ? Infinity : Math.max(1_000, next.ms - nowMs) + 200 + random * 2_000;
}

/** Milliseconds before trying again: doubled with each failure to half a minute at most, never before the server wants. */
export function backOffMs(failures: number, retryAfterSeconds: number | null, random: number): number {
  const doubled = Math.min(30_000, 1_000 * 2 ** Math.min(failures, 6));
  const spread = doubled * (0.5 + random / 2);
  return retryAfterSeconds === null
    ? spread
    : Math.max(retryAfterSeconds * 1000 * (1 + random / 4), failures > 0 ? spread : 0);
}

/** Milliseconds over which a lobby of this size asks for the numbers drawn: nobody is served that fast. */
export function drawSpreadMs(gathered: number): number {
  return Math.min(15_000, gathered / 20);
}
