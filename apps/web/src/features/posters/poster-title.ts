/** A title as a poster sets it: the name large, what stands before and after it small. */
export interface PosterTitle {
  readonly before: string;
  readonly name: string;
  readonly after: string;
}

const bracketed = /^(.*?)\s*[〈《<「『](.+?)[〉》>」』]\s*(.*)$/u;
const afterColon = /^(.+?):\s+(.+)$/u;

/** Finds the name in a title: what stands in brackets, or after a colon, or all of it. */
export function posterTitle(title: string): PosterTitle {
  const [, before = '', name, after = ''] = bracketed.exec(title) ?? [];
  if (name !== undefined) return { before, name, after };
  const [, series, part] = afterColon.exec(title) ?? [];
  return part === undefined
    ? { before: '', name: title, after: '' }
    : { before: series ?? '', name: part, after: '' };
}

/** How wide a text runs, in heights of its letters: Korean letters are square, Latin ones about half. */
export function widthInEms(text: string): number {
  const square = text.match(/[\u1100-\uffdc]/gu)?.length ?? 0;
  return square * 0.95 + (text.length - square) * 0.56;
}
