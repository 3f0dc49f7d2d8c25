import { refresh } from '@urr/contracts/auth.ts';
import { callRoute } from '@urr/contracts/call-route.ts';

/** Cookie that only says that somebody has signed in here: what renders the frame before anybody is asked. */
export const signedInCookie = 'urr-signed-in';
const renewedAtKey = 'urr.session-renewed-at';
/** A token renewed by another tab so recently is this tab's too. Milliseconds. */
const sharedMs = 10_000;
const week = 7 * 24 * 60 * 60;

let renewing: Promise<boolean> | undefined;

/**
 * Renews the session by its refresh token; false when there is none left. All tabs together send it once: a refresh token
 * that is used twice ends the session.
 */
export function renewSession(): Promise<boolean> {
  renewing ??= locked(renew).finally(() => (renewing = undefined));
  return renewing;
}

/** Whether somebody has signed in on this device, as far as a page may know. */
export function isSignedInHere(): boolean {
  return document.cookie.split('; ').includes(`${signedInCookie}=1`);
}

/** Notes that somebody has signed in on this device. */
export function noteSignedIn(): void {
  document.cookie = `${signedInCookie}=1; Path=/; Max-Age=${week}; SameSite=Lax`;
}

/** Forgets it. */
export function noteSignedOut(): void {
  document.cookie = `${signedInCookie}=; Path=/; Max-Age=0; SameSite=Lax`;
}

// Locks exist only where the connection is secure, or the machine is one's own.
function locked(act: () => Promise<boolean>): Promise<boolean> {
  return 'locks' in navigator ? navigator.locks.request('urr.renew-session', act) : act();
}

async function renew(): Promise<boolean> {
  if (!isSignedInHere()) return false;
  if (Date.now() - Number(localStorage.getItem(renewedAtKey)) < sharedMs) return true;
  const result = await callRoute(refresh, { body: null }, { baseUrl: '' });
  if (result.ok) {
    localStorage.setItem(renewedAtKey, String(Date.now()));
    noteSignedIn();
    return true;
  }
  if (!result.unknown) noteSignedOut();
  return false;
}
