/** After so many attempts a mail is given up; with the pauses below, about a day. */
export const mostAttempts = 30;

const firstPauseSeconds = 5;
const longestPauseSeconds = 3_600;

/** Seconds from a failed attempt, counted from 1, to the next: 5, 15, 45 … an hour. */
export function pauseAfter(attempts: number): number {
  return Math.min(longestPauseSeconds, firstPauseSeconds * 3 ** Math.min(attempts - 1, 10));
}
