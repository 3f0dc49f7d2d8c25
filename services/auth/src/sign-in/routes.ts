import { logIn as logInContract, signInWithGoogle as googleContract } from '@urr/contracts/auth.ts';
import { type ServeDeps, serve } from '@urr/platform/serve.ts';
import type { Deps } from '../deps.ts';
import { setTokenCookies } from '../sessions/cookies.ts';
import { logIn } from './log-in.ts';
import { signInWithGoogle } from './sign-in-with-google.ts';
import { createGoogleCheck } from './verify-id-token.ts';

/** Routes of signing in. */
export function serveSignIn(server: ServeDeps, deps: Deps): void {
  const isSecure = deps.config.COOKIE_SECURE;
  const googleCheck = createGoogleCheck(deps.config);

  serve(server, logInContract, async ({ body, request, reply }) => {
    const signedIn = await logIn(deps, body, request);
    setTokenCookies(reply, signedIn, isSecure);
    return signedIn;
  });

  serve(server, googleContract, async ({ body, account, request, reply }) => {
    const identity = await googleCheck(body.idToken);
    const signedIn = await signInWithGoogle(deps, identity, account, request);
    setTokenCookies(reply, signedIn, isSecure);
    return signedIn;
  });
}
