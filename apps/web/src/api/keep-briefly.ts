import 'server-only';

interface Kept {
  readonly untilMs: number;
  readonly answer: Promise<unknown>;
}

const kept = new Map<string, Kept>();
const most = 500;

/**
 * Reads something public once for all pages rendered within `forMs`: a crowd on one page is one request behind it.
 * What failed is not kept. `isGood` says what may be.
 */
export function keepBriefly<Answer>(
  key: string,
  forMs: number,
  read: () => Promise<Answer>,
  isGood: (answer: Answer) => boolean,
): Promise<Answer> {
  const known = kept.get(key);
  if (known !== undefined && known.untilMs > Date.now()) return known.answer as Promise<Answer>;
  if (kept.size >= most) kept.clear();
  const forget = () => kept.delete(key);
  const answer = read().then(
    (value) => {
      if (!isGood(value)) forget();
      return value;
    },
    (error: unknown) => {
      forget();
      throw error;
    },
  );
  kept.set(key, { untilMs: Date.now() + forMs, answer });
  return answer;
}
