interface Look<Answer> {
  readonly askedAtMs: number;
  readonly answer: Promise<Answer>;
}

/** How old an answer may be, and how many are kept; `nowMs` is monotonic. */
export interface RecentAnswersOptions {
  readonly ageMs: number;
  readonly most: number;
  readonly nowMs?: () => number;
}

/**
 * A reading that costs one look per key in `ageMs`, however many ask: who comes meanwhile shares it. One that failed is
 * not kept; of too many keys the oldest is forgotten.
 */
export function recentAnswers<Answer>(
  read: (key: string) => Promise<Answer>,
  { ageMs, most, nowMs = () => performance.now() }: RecentAnswersOptions,
): (key: string) => Promise<Answer> {
  const looks = new Map<string, Look<Answer>>();
  const isOld = (look: Look<Answer>) => nowMs() - look.askedAtMs >= ageMs;
  const makeRoom = () => {
    for (const [key, look] of looks) if (isOld(look)) looks.delete(key);
    const [oldest] = looks.keys();
    if (looks.size >= most && oldest !== undefined) looks.delete(oldest);
  };
  return (key) => {
    const known = looks.get(key);
    if (known !== undefined && !isOld(known)) return known.answer;
    looks.delete(key);
    makeRoom();
    const look: Look<Answer> = { askedAtMs: nowMs(), answer: read(key) };
    looks.set(key, look);
    look.answer.catch(() => looks.get(key) === look && looks.delete(key));
    return look.answer;
  };
}
