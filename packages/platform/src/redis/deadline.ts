/** Answers what `work` answers, or throws what `late` makes when that takes longer; work that comes later is let go. */
export async function withDeadline<Value>(
  work: Promise<Value>,
  deadlineMs: number,
  late: () => Error,
): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const isLate = new Promise<never>((_, reject) => {
    // Timers come before input: after a pause of this process an answer may lie here that is only not read yet.
    timer = setTimeout(() => setImmediate(() => reject(late())), deadlineMs);
  });
  try {
    return await Promise.race([work, isLate]);
  } finally {
    clearTimeout(timer);
  }
}
