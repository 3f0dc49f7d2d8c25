/** Cookie that only says that whoever is signed in has an organiser's desk: it shows the way there and opens nothing. */
export const deskCookie = 'urr-desk';
/** As long as browsers keep one; it counts only beside a session. */
const longSeconds = 400 * 24 * 60 * 60;

/** Notes whether who has signed in here has a desk. */
export function noteDesk(hasDesk: boolean): void {
  const value = hasDesk ? '1' : '';
  document.cookie = `${deskCookie}=${value}; Path=/; Max-Age=${hasDesk ? longSeconds : 0}; SameSite=Lax`;
}
