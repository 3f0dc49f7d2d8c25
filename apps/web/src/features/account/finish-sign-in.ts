import type { AccountView } from '@urr/contracts/auth.ts';
import { noteSignedIn } from '../../api/session.ts';
import { type Locale, localePath } from '../../i18n/routing.ts';
import { noteDesk } from '../frame/desk-cookie.ts';
import { forgetAllTickets } from '../tickets/kept-tickets.ts';
import { forgetOfflinePages } from '../tickets/offline-pages.ts';
import { pathWithNext } from './next-path.ts';

const ownerKey = 'urr.signed-in-account';

/** Goes on after a sign-in, by a whole navigation: what was rendered before was for nobody. */
export async function finishSignIn(
  account: Pick<AccountView, 'accountId' | 'mustChangePassword' | 'role'>,
  next: `/${string}`,
  locale: Locale,
): Promise<'leave'> {
  noteSignedIn();
  noteDesk(account.role !== 'fan');
  await leaveNothingOfOthers(account.accountId);
  window.location.assign(account.mustChangePassword ? passwordPath(account.role, next, locale) : next);
  return 'leave';
}

// Who came for nothing in particular and has a desk goes on there.
function passwordPath(role: AccountView['role'], next: `/${string}`, locale: Locale): string {
  const isHome = next === localePath(locale, '/');
  const then = isHome && role !== 'fan' ? localePath(locale, '/organiser') : next;
  return localePath(locale, pathWithNext('/account/password', then));
}

// Whose session ended without a log-out leaves tickets on the device: they are not the next reader's.
async function leaveNothingOfOthers(accountId: string): Promise<void> {
  const before = localStorage.getItem(ownerKey);
  if (before !== accountId) await Promise.all([forgetAllTickets(), forgetOfflinePages()]);
  localStorage.setItem(ownerKey, accountId);
}
