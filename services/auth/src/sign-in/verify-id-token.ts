import { Problem } from '@urr/platform/problem.ts';
import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';
import { normaliseEmail } from '../accounts/account.ts';
import type { AuthConfig } from '../config.ts';

/** Who Google says is there; the mail is verified by Google. */
export interface GoogleIdentity {
  /** Google's own id of the person: the mail may change, this does not. */
  readonly subject: string;
  readonly email: string;
  readonly name: string | undefined;
}

/** Verifies an ID token. Throws `google-not-configured`, `google-token-refused` or `upstream-unavailable`. */
export type GoogleCheck = (idToken: string) => Promise<GoogleIdentity>;

// https://developers.google.com/identity/gsi/web/guides/verify-google-id-token
const issuers = ['https://accounts.google.com', 'accounts.google.com'];

/** Creates the check against the configured key set; keys are fetched on demand and kept. */
export function createGoogleCheck(
  config: Pick<AuthConfig, 'GOOGLE_CLIENT_ID' | 'GOOGLE_JWKS_URL'>,
): GoogleCheck {
  const { GOOGLE_CLIENT_ID: audience, GOOGLE_JWKS_URL: keysUrl } = config;
  if (audience === undefined) return () => Promise.reject(new Problem('google-not-configured'));
  const keys = createRemoteJWKSet(new URL(keysUrl), { timeoutDuration: 3_000 });
  const expected = { audience, issuer: issuers, algorithms: ['RS256'], clockTolerance: 30 };
  return async (idToken) => {
    try {
      const { payload } = await jwtVerify(idToken, keys, { ...expected, requiredClaims: ['exp', 'sub'] });
      return identityIn(payload);
    } catch (error) {
      throw refusalOf(error);
    }
  };
}

function identityIn(payload: JWTPayload): GoogleIdentity {
  const { sub, email, email_verified: isVerified, name } = payload;
  if (typeof sub !== 'string' || typeof email !== 'string' || isVerified !== true)
    throw new Problem('google-token-refused');
  return { subject: sub, email: normaliseEmail(email), name: typeof name === 'string' ? name : undefined };
}

function refusalOf(error: unknown): unknown {
  if (error instanceof Problem) return error;
  const isKeySetFault = error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid;
  const isTokenFault = error instanceof errors.JOSEError && error.code !== 'ERR_JOSE_GENERIC';
  if (isTokenFault && !isKeySetFault) return new Problem('google-token-refused', { cause: error });
  return new Problem('upstream-unavailable', { retryAfter: 5, cause: error });
}
