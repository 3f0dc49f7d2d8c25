/** What a request's address means. */
export type CanonicalPath =
  | { readonly kind: 'canonical'; readonly path: string }
  | { readonly kind: 'ambiguous' };

const longest = 2_048;
// Segments of unreserved characters that do not begin with a dot: one spelling, one meaning.
const plain = /^(?:\/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+$/;
const plainQuery = /^[\x21\x22\x24-\x7e]*$/;
const ambiguous: CanonicalPath = { kind: 'ambiguous' };

/**
 * The one spelling of an address, which is what is checked and what is forwarded. Whatever two readers could
 * understand differently is ambiguous: encoded or doubled slashes, backslashes, dot segments, double encoding,
 * path parameters, control characters, broken percent signs. A slash at the end and encoded plain letters are tidied.
 */
export function canonicalPath(url: string): CanonicalPath {
  const questionMark = url.indexOf('?');
  const path = questionMark < 0 ? url : url.slice(0, questionMark);
  const query = questionMark < 0 ? '' : url.slice(questionMark + 1);
  if (url.length > longest || !plainQuery.test(query)) return ambiguous;
  const canonical = plain.test(path) ? path : tidied(path);
  if (canonical === undefined) return ambiguous;
  return {
    kind: 'canonical',
    path: query === '' ? versioned(canonical) : `${versioned(canonical)}?${query}`,
  };
}

// The public prefix is /api/v1; /api means the same.
function versioned(path: string): string {
  return path.startsWith('/api/') && !path.startsWith('/api/v1/') ? `/api/v1${path.slice(4)}` : path;
}

function tidied(path: string): string | undefined {
  if (!path.startsWith('/')) return undefined;
  if (path === '/') return path;
  const trimmed = path.endsWith('/') ? path.slice(0, -1) : path;
  const segments = trimmed.slice(1).split('/').map(tidiedSegment);
  return segments.includes(undefined) ? undefined : `/${segments.join('/')}`;
}

function tidiedSegment(segment: string): string | undefined {
  try {
    // Decoded once; a percent sign that is still there would be decoded again by somebody else.
    const decoded = decodeURIComponent(segment);
    const isUnclear = decoded === '' || decoded.startsWith('.') || /[/\\%;\p{Cc}]/u.test(decoded);
    if (isUnclear || /[^\x21-\x7e]/.test(segment)) return undefined;
    return encodeURIComponent(decoded);
  } catch {
    return undefined;
  }
}
