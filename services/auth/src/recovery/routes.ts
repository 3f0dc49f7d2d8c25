import { askPasswordReset, confirmPasswordReset } from '@urr/contracts/auth-recovery.ts';
import { clientNetwork } from '@urr/platform/client-network.ts';
import { Problem } from '@urr/platform/problem.ts';
import { type ServeDeps, serve } from '@urr/platform/serve.ts';
import { uuidv7 } from '@urr/platform/uuidv7.ts';
import { normaliseEmail } from '../accounts/account.ts';
import type { Deps } from '../deps.ts';
import { clearTokenCookies } from '../sessions/cookies.ts';
import { type ForgetFailures, setPasswordByLink } from './set-password.ts';
import { askReset } from './store.ts';

/** Routes of somebody who forgot a password. */
export function serveRecovery(server: ServeDeps, deps: Deps, forgetFailures: ForgetFailures): void {
  const { config } = deps;
  const limits = {
    perAccount: config.PASSWORD_RESETS_PER_ACCOUNT,
    perNetwork: config.PASSWORD_RESETS_PER_ADDRESS,
  };

  serve(server, askPasswordReset, async ({ body, request }) => {
    const wish = {
      mailId: uuidv7(),
      email: normaliseEmail(body.email),
      network: clientNetwork(request.ip),
    };
    const seconds = await askReset(deps.db, wish, limits);
    if (seconds > 0) throw new Problem('rate-limited', { retryAfter: seconds });
    return undefined;
  });

  serve(server, confirmPasswordReset, async ({ body, request, reply }) => {
    await setPasswordByLink(deps, forgetFailures, { ...body, requestId: request.id });
    // This browser's session has ended with all the others.
    clearTokenCookies(reply, config.COOKIE_SECURE);
    return undefined;
  });
}
