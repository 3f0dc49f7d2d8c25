import type { AccountView } from '@urr/contracts/auth.ts';
import { noteSignedIn } from '../../api/session.ts';
import { type Locale, localePath } from '../../i18n/routing.ts';
import { forgetAllTickets } from '../tickets/kept-tickets.ts';
import { forgetOfflinePages } from '../tickets/offline-pages.ts';
import { pathWithNext } from './next-path.ts';

const ownerKey = 'urr.signed-in-account';

/** Goes on after a sign-in, by a whole navigation: what was rendered before was for nobody. */
export async function finishSignIn(
  account: Pick<AccountView, 'accountId' | 'mustChangePassword'>,
  next: `/${string}`,
  locale: Locale,
): Promise<'leave'> {
  noteSignedIn();
  await leaveNothingOfOthers(account.accountId);
  window.location.assign(
    account.mustChangePassword ? localePath(locale, pathWithNext('/account/password', next)) : next,
  );
  return 'leave';
}

// Whose session ended without a log-out leaves tickets on the device: they are not the next reader's.
async function leaveNothingOfOthers(accountId: string): Promise<void> {
  const before = localStorage.getItem(ownerKey);
  if (before !== accountId) await Promise.all([forgetAllTickets(), forgetOfflinePages()]);
  localStorage.setItem(ownerKey, accountId);
}
