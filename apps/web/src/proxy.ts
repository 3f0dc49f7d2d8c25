import createLocaleRouting from 'next-intl/middleware';
import type { NextRequest, NextResponse } from 'next/server';
import { routing } from './i18n/routing.ts';
import { contentSecurityPolicy, newNonce } from './design/security-policy.ts';

// Next.js puts this in as the pages are built.
// oxlint-disable-next-line no-restricted-properties
const isDevelopment = process.env.NODE_ENV === 'development';
const routeByLocale = createLocaleRouting(routing);

/** Chooses the language of a page and lets only its own scripts run. */
export function proxy(request: NextRequest): NextResponse {
  const policy = contentSecurityPolicy(newNonce(), isDevelopment);
  // Next.js reads the nonce of its scripts from the request.
  request.headers.set('content-security-policy', policy);
  const response = routeByLocale(request);
  response.headers.set('content-security-policy', policy);
  response.headers.set('referrer-policy', 'strict-origin-when-cross-origin');
  response.headers.set('x-content-type-options', 'nosniff');
  response.headers.set('x-frame-options', 'DENY');
  response.headers.set('permissions-policy', 'camera=(), microphone=(), geolocation=(), payment=(self)');
  return response;
}

export const config = {
  // Pages alone: neither what the build made nor files with an ending.
  matcher: '/((?!_next|api|docs|health|.*\\..*).*)',
};
