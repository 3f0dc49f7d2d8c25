import { accessTokenCookie } from '@urr/platform/identity.ts';
import type { FastifyReply } from 'fastify';

/** Cookie a browser carries the refresh token in. */
export const refreshTokenCookie = 'refresh_token';

/** Seconds both kinds of token live. */
export const accessTokenSeconds = 30 * 60;
export const refreshTokenSeconds = 7 * 24 * 60 * 60;

// The gateway answers under /api/v1 and /api: a narrower path would hide the cookie from one of them.
const refreshPath = '/api';

/** Puts both tokens into cookies. */
export function setTokenCookies(
  reply: FastifyReply,
  tokens: { readonly accessToken: string; readonly refreshToken: string },
  isSecure: boolean,
): void {
  // The tokens stand in the body too.
  reply.header('cache-control', 'no-store');
  reply.header('set-cookie', [
    cookie(accessTokenCookie, tokens.accessToken, '/', accessTokenSeconds, isSecure),
    cookie(refreshTokenCookie, tokens.refreshToken, refreshPath, refreshTokenSeconds, isSecure),
  ]);
}

/** Takes both cookies away. */
export function clearTokenCookies(reply: FastifyReply, isSecure: boolean): void {
  reply.header('set-cookie', [
    cookie(accessTokenCookie, '', '/', 0, isSecure),
    cookie(refreshTokenCookie, '', refreshPath, 0, isSecure),
  ]);
}

function cookie(name: string, value: string, path: string, seconds: number, isSecure: boolean): string {
  const secure = isSecure ? '; Secure' : '';
  return `${name}=${value}; Path=${path}; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`;
}
