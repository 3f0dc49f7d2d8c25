/** A nonce for the scripts of one answer. */
export function newNonce(): string {
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))));
}

/**
 * The policy of every page: scripts run by nonce alone, and what they load is trusted by them. Toss and Google are reached
 * only where a page loads their scripts, which the embedded profile never does.
 */
export function contentSecurityPolicy(nonce: string, isDevelopment = false): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    // Sizes and places of drawn things are style attributes; a style cannot run anything.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self' https://*.tosspayments.com https://accounts.google.com${isDevelopment ? ' ws:' : ''}`,
    'frame-src https://*.tosspayments.com https://accounts.google.com',
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
