import { logOut } from '@urr/contracts/auth.ts';
import type { ProblemDocument } from '@urr/contracts/problem-document.ts';
import { call } from '../../api/call.ts';
import { noteSignedOut } from '../../api/session.ts';
import { noteDesk } from '../frame/desk-cookie.ts';
import { forgetAllTickets } from '../tickets/kept-tickets.ts';
import { forgetOfflinePages } from '../tickets/offline-pages.ts';

const ownKeys = 'urr.';

/** Ends the session and forgets on this device all that was its reader's; answers the problem when it did not end. */
export async function logOutHere(): Promise<ProblemDocument | undefined> {
  const result = await call(logOut, { body: null });
  if (!result.ok) return result.problem;
  noteSignedOut();
  noteDesk(false);
  forgetKeys(localStorage);
  forgetKeys(sessionStorage);
  await Promise.all([forgetAllTickets(), forgetOfflinePages()]);
  return undefined;
}

function forgetKeys(storage: Storage): void {
  for (const key of Object.keys(storage)) if (key.startsWith(ownKeys)) storage.removeItem(key);
}
