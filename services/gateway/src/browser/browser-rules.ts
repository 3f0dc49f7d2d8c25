import { Problem } from '@urr/platform/problem.ts';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** What pages of which origins may do. */
export interface BrowserRules {
  /** Headers for an answer to this origin, a flat list of names and values. */
  headersFor(origin: string | undefined): readonly string[];
  /** Headers of the answer to a preflight, or `undefined` when the request is none. */
  preflight(method: string, headers: Headers): readonly string[] | undefined;
  /** Throws `cross-site-refused` when a foreign page made the browser send this with its cookies. */
  refuseForeign(method: string, headers: Headers): void;
}

const security = [
  'X-Content-Type-Options',
  'nosniff',
  'X-Frame-Options',
  'DENY',
  'Referrer-Policy',
  'no-referrer',
  'Cross-Origin-Opener-Policy',
  'same-origin',
  // Browsers heed it over TLS alone.
  'Strict-Transport-Security',
  'max-age=31536000',
];

const exposed =
  'ETag, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id, Idempotent-Replayed, Content-Disposition';
const acceptedHeaders =
  'authorization, content-type, idempotency-key, if-match, if-none-match, last-event-id, traceparent, x-queue-entry-token, x-request-id';
const preflightSeconds = 7_200;
const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Creates the rules from `CORS_ALLOWED_ORIGINS`, a list separated by commas. */
export function createBrowserRules(allowedOrigins: string): BrowserRules {
  const allowed = new Set(
    allowedOrigins
      .split(',')
      .map((origin) => origin.trim().replace(/\/$/, '').toLowerCase())
      .filter((origin) => origin !== ''),
  );
  const isAllowed = (origin: string | undefined) => origin !== undefined && allowed.has(origin.toLowerCase());
  const base = allowed.size === 0 ? security : [...security, 'Vary', 'Origin'];
  const granted = new Map<string, readonly string[]>();
  const headersFor = (origin: string | undefined): readonly string[] => {
    if (origin === undefined || !isAllowed(origin)) return base;
    const known = granted.get(origin) ?? [...base, ...grants(origin)];
    // Only spellings of allowed origins come here, but there are many of those.
    if (granted.size < 100) granted.set(origin, known);
    return known;
  };
  return {
    headersFor,
    preflight: (method, headers) => preflightAnswer(method, headers, headersFor),
    refuseForeign: (method, headers) => refuseForeign(method, headers, isAllowed),
  };
}

function grants(origin: string): string[] {
  return [
    'Access-Control-Allow-Origin',
    origin,
    'Access-Control-Allow-Credentials',
    'true',
    'Access-Control-Expose-Headers',
    exposed,
  ];
}

function preflightAnswer(
  method: string,
  headers: Headers,
  headersFor: BrowserRules['headersFor'],
): readonly string[] | undefined {
  const { origin } = headers;
  const isPreflight =
    method === 'OPTIONS' && typeof origin === 'string' && 'access-control-request-method' in headers;
  if (!isPreflight) return undefined;
  const answer = headersFor(origin);
  if (!answer.includes('Access-Control-Allow-Origin')) return answer;
  return [
    ...answer,
    'Access-Control-Allow-Methods',
    'GET, POST, PUT, PATCH, DELETE',
    'Access-Control-Allow-Headers',
    acceptedHeaders,
    'Access-Control-Max-Age',
    String(preflightSeconds),
  ];
}

// Every browser names the page's origin on an unsafe request; a client that names none is no browser, and nobody can
// make it send another's cookies.
function refuseForeign(
  method: string,
  headers: Headers,
  isAllowed: (origin: string | undefined) => boolean,
): void {
  if (safeMethods.has(method) || headers['cookie'] === undefined) return;
  const { origin, host } = headers;
  if (typeof origin === 'string') {
    if (isAllowed(origin) || isOwnOrigin(origin, host)) return;
    throw new Problem('cross-site-refused');
  }
  const site = headers['sec-fetch-site'];
  if (site === 'cross-site' || site === 'same-site') throw new Problem('cross-site-refused');
}

function isOwnOrigin(origin: string, host: string | string[] | undefined): boolean {
  return (
    typeof host === 'string' && /^https?:\/\//.test(origin) && origin.slice(origin.indexOf('//') + 2) === host
  );
}
