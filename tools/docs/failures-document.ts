/** One cell of the page: a dependency and what is the matter with it. */
export interface FailureCell {
  readonly dependency: string;
  readonly failure: string;
  /** What fans see, what is bounded, how it recovers. */
  readonly texts: readonly string[];
  readonly tests: readonly { readonly file: string; readonly sentence: string }[];
}

const columns = ['', 'fans see', 'bounded', 'recovers', 'shown by'];

/** Reads the tables of docs/failures.md. Throws where a table has other columns. */
export function readFailures(document: string): FailureCell[] {
  return document
    .split(/^## /m)
    .slice(1)
    .flatMap((section) => {
      const [title = '', ...lines] = section.split('\n');
      const [head, , ...rows] = lines.filter((line) => line.startsWith('|')).map(cellsOf);
      if (head === undefined) return [];
      if (head.join() !== columns.join()) throw new Error(`${title} has the columns ${head.join()}`);
      return rows.map(([failure = '', ...texts]) => ({
        dependency: title.trim(),
        failure: failure.replaceAll('*', ''),
        tests: testsIn(texts.pop() ?? ''),
        texts,
      }));
    });
}

/** Whether the page says that this cannot happen, and why. */
export function cannotBe({ texts: [fansSee = ''] }: FailureCell): boolean {
  return /^Cannot be: .{20,}\.$/.test(fansSee);
}

function cellsOf(line: string): string[] {
  return line
    .slice(1, line.lastIndexOf('|'))
    .split('|')
    .map((cell) => cell.trim());
}

function testsIn(text: string): { file: string; sentence: string }[] {
  const found: { file: string; sentence: string }[] = [];
  let file = '';
  for (const [, named, sentence] of text.matchAll(/(?:`([^`]+\.test\.ts)`)|(?:“([^”]+)”)/g)) {
    if (named !== undefined) file = named;
    if (sentence !== undefined) found.push({ file, sentence });
  }
  return found;
}
