import type { Picture } from './picture.ts';
import { peopleAhead, type Sight } from './standing.ts';
import { fill, type LineTexts } from './words.ts';

/** What has been said last to who listens instead of looking. */
export interface Said {
  readonly standing: Picture['standing'];
  /** People ahead when a number was last said. */
  readonly ahead: number | null;
  /** Whether a pause before the opening was said. */
  readonly isPaused: boolean;
}

const steps = [
  100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5, 1,
] as const;

/** What to say now, if anything: a change of standing, a pause, the result of the draw, a big step forward; never every look. */
export function announcementOf(
  said: Said,
  picture: Picture,
  { state, place }: Sight,
  texts: LineTexts,
): string | null {
  const ahead = state === null || place === null ? null : peopleAhead(state, place);
  if (picture.standing !== said.standing)
    return standingSentence(said, picture, ahead, place?.number ?? null, texts);
  if ((picture.texts.paused !== null) !== said.isPaused) return pauseSentence(picture, texts);
  if (picture.standing !== 'waiting' || ahead === null || said.ahead === null) return null;
  const before = said.ahead;
  return steps.some((step) => before > step && ahead <= step)
    ? fill(texts.announce.ahead, { count: ahead })
    : null;
}

function pauseSentence({ texts: { paused, notice, pausedMeans } }: Picture, texts: LineTexts): string {
  if (paused === null) return texts.announce.resumed;
  return [`${paused}.`, notice, pausedMeans].filter(Boolean).join(' ');
}

function standingSentence(
  said: Said,
  { standing, texts: { title, lead } }: Picture,
  ahead: number | null,
  number: number | null,
  texts: LineTexts,
): string {
  if (standing === 'called') return texts.announce.called;
  const wasDrawn = standing === 'waiting' && (said.standing === 'lobby' || said.standing === 'drawing');
  if (wasDrawn && ahead !== null && number !== null)
    return fill(texts.announce.drawn, { number, count: ahead });
  return fill(texts.announce.standing, { title: title ?? '', lead: lead ?? '' });
}
