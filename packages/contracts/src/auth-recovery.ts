import { Type } from 'typebox';
import { Email, NewPassword, OpaqueToken } from './auth-fields.ts';
import { routeContract } from './route-contract.ts';

/** Minutes a link to a new password works after it was mailed. */
export const passwordResetMinutes = 30;

/**
 * Mails a link to a new password. The answer is the same, after the same work, whether the mail has an account or not.
 * An address that asks too often is answered `rate-limited`; a mail asked for too often gets no further link for a while.
 */
export const askPasswordReset = routeContract({
  name: 'askPasswordReset',
  summary: 'Mail a link to a new password, if the mail has an account',
  method: 'POST',
  path: '/api/v1/auth/password-reset',
  service: 'auth-service',
  access: 'public',
  limit: 'auth',
  body: Type.Object({ email: Email }, { additionalProperties: false }),
  success: { status: 202 },
  refusals: [],
});

/** Sets a new password by the token of a mailed link; every session ends. The token works once. */
export const confirmPasswordReset = routeContract({
  name: 'confirmPasswordReset',
  summary: 'Set a new password by a mailed link; every session ends',
  method: 'POST',
  path: '/api/v1/auth/password-reset/confirm',
  service: 'auth-service',
  access: 'public',
  limit: 'auth',
  body: Type.Object({ token: OpaqueToken, password: NewPassword }, { additionalProperties: false }),
  success: { status: 204 },
  refusals: ['reset-link-over'],
});

/** Routes of somebody who forgot a password. */
export const recoveryRoutes = [askPasswordReset, confirmPasswordReset] as const;
