/**
 * What src/api/session.ts is to the other pages, without what it imports. Both use the same lock, the same note of the
 * last renewal and the same cookie: a refresh token that is used twice ends the session.
 */
const lockName = 'urr.renew-session';
const renewedAtKey = 'urr.session-renewed-at';
const signedInCookie = 'urr-signed-in';
/** A token renewed by another tab so recently is this tab's too. Milliseconds. */
const sharedMs = 10_000;
const weekSeconds = 7 * 24 * 60 * 60;

let renewing: Promise<boolean> | undefined;

/** Renews the session by its refresh token; false when there is none left. */
export function renewSession(): Promise<boolean> {
  renewing ??= locked(renew).finally(() => (renewing = undefined));
  return renewing;
}

/** Whether somebody has signed in on this device, as far as a page may know. */
export function isSignedInHere(): boolean {
  return document.cookie.split('; ').some((pair) => pair.startsWith(`${signedInCookie}=`));
}

function locked(act: () => Promise<boolean>): Promise<boolean> {
  return 'locks' in navigator ? navigator.locks.request(lockName, act) : act();
}

async function renew(): Promise<boolean> {
  if (Date.now() - Number(localStorage.getItem(renewedAtKey)) < sharedMs) return true;
  try {
    const response = await fetch('/api/v1/auth/refresh', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: 'null',
      signal: AbortSignal.timeout(10_000),
    });
    if (response.ok) localStorage.setItem(renewedAtKey, String(Date.now()));
    if (response.ok || response.status < 500) noteSignedIn(response.ok);
    return response.ok;
  } catch {
    return false;
  }
}

function noteSignedIn(isSignedIn: boolean): void {
  const value = isSignedIn ? '1' : '';
  document.cookie = `${signedInCookie}=${value}; Path=/; Max-Age=${isSignedIn ? weekSeconds : 0}; SameSite=Lax`;
}
