import { createHash } from 'node:crypto';
import { ProviderError } from './provider-error.ts';

const maxKeyLength = 300;
const validMs = 15 * 24 * 60 * 60 * 1000;
const maxAnswers = 1_000_000;

/** First answers by identity; the answers themselves stay in the journal, here is where each one starts. */
export type Answers = {
  /** The journal offset of the first answer. Throws while the first request is still being processed. */
  find(identity: string, now: number): number | undefined;
  begin(identity: string): void;
  end(identity: string): void;
  remember(identity: string, at: number, offset: number): void;
  size(): number;
};

export function createAnswers(): Answers {
  const answers = new Map<string, { at: number; offset: number }>();
  const processing = new Set<string>();
  return {
    find(identity, now) {
      if (processing.has(identity)) throw new ProviderError('IDEMPOTENT_REQUEST_PROCESSING');
      forgetOld(answers, now);
      return answers.get(identity)?.offset;
    },
    begin: (identity) => void processing.add(identity),
    end: (identity) => void processing.delete(identity),
    remember(identity, at, offset) {
      answers.delete(identity);
      answers.set(identity, { at, offset });
    },
    size: () => answers.size,
  };
}

// Insertion order is the order of time, so only the front can be too old.
function forgetOld(answers: Map<string, { at: number }>, now: number): void {
  for (const [identity, { at }] of answers) {
    if (now - at < validMs && answers.size <= maxAnswers) return;
    answers.delete(identity);
  }
}

type KeyedRequest = { key: string; secretKey: string; url: string; method: string };

/** Key, API key, URL and method make the identity; the body does not. */
export function identityOf(request: KeyedRequest): string {
  if (request.key.length > maxKeyLength) throw new ProviderError('INVALID_IDEMPOTENCY_KEY');
  return createHash('sha256')
    .update(JSON.stringify([request.key, request.secretKey, request.url, request.method]))
    .digest('base64');
}
