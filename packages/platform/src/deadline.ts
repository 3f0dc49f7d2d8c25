/**
 * Answers what `work` answers, or throws when that takes longer: what `late` makes, or an error that names it. Work that
 * comes later is let go.
 */
export async function withDeadline<Value>(
  work: Promise<Value>,
  deadlineMs: number,
  late: string | (() => Error),
): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const fault = () => (typeof late === 'string' ? new Error(`${late} took over ${deadlineMs} ms`) : late());
  const isLate = new Promise<never>((_, reject) => {
    // Timers come before input: after a pause of this process an answer may lie here that is only not read yet.
    timer = setTimeout(() => setImmediate(() => reject(fault())), deadlineMs);
  });
  try {
    return await Promise.race([work, isLate]);
  } finally {
    clearTimeout(timer);
  }
}
