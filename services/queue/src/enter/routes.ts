import { enterSale, leaveLine as leaveContract } from '@urr/contracts/queue.ts';
import { entryTokenCookie } from '@urr/entry-token/entry-token.ts';
import { serve } from '@urr/platform/serve.ts';
import type { Deps } from '../deps.ts';
import type { Entry, SaleEntrance } from './enter-sale.ts';
import { leaveLine } from './leave-line.ts';

export function serveEntrance(
  deps: Pick<Deps, 'serve' | 'store' | 'live' | 'config' | 'wakeRelay'>,
  entrance: SaleEntrance,
): void {
  serve(deps.serve, enterSale, async ({ params, account, reply }) => {
    const entry = await entrance.enter(params.eventId.toLowerCase(), account.accountId);
    reply
      .header('cache-control', 'no-store')
      .header('set-cookie', entryCookie(entry, deps.config.COOKIE_SECURE));
    return { entryToken: entry.entryToken, slotEndsAt: entry.endsAt.toISOString() };
  });
  serve(deps.serve, leaveContract, async ({ params, account }) => ({
    state: await leaveLine(deps, params.eventId.toLowerCase(), account.accountId),
  }));
}

function entryCookie(entry: Entry, isSecure: boolean): string {
  const attributes = `Max-Age=${entry.seconds}; Path=/api; HttpOnly; SameSite=Lax`;
  return `${entryTokenCookie}=${entry.entryToken}; ${attributes}${isSecure ? '; Secure' : ''}`;
}
