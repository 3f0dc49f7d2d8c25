/** Where keys stay over a reload: `sessionStorage`, as far as it is needed here. */
export interface KeyStore {
  getItem(name: string): string | null;
  setItem(name: string, value: string): void;
  removeItem(name: string): void;
}

const prefix = 'urr.attempt.';

/**
 * The Idempotency-Key of an attempt. The same key as long as the attempt says the same, over reloads and lost answers;
 * another one as soon as `content` differs.
 */
export function keyOfAttempt(store: KeyStore, name: string, content: string): string {
  const known = readAttempt(store, name);
  if (known?.content === content) return known.key;
  const key = newKey();
  quietly(() => store.setItem(prefix + name, JSON.stringify({ key, content })));
  return key;
}

/** The attempt has a definite outcome: the next one is another. */
export function forgetAttempt(store: KeyStore, name: string): void {
  quietly(() => store.removeItem(prefix + name));
}

function readAttempt(store: KeyStore, name: string): { key: string; content: string } | undefined {
  const value: unknown = quietly(() => JSON.parse(store.getItem(prefix + name) ?? 'null'));
  if (typeof value !== 'object' || value === null || !('key' in value) || !('content' in value))
    return undefined;
  const { key, content } = value;
  return typeof key === 'string' && typeof content === 'string' ? { key, content } : undefined;
}

// `randomUUID` is missing where the connection is not secure.
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}

// A browser may forbid storage: the key then lives as long as the request.
function quietly<Value>(act: () => Value): Value | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
