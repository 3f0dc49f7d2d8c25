const rows = ['1', '2', '3', '4', '5', '6'];
const seatsInRow = 10;

/** A small hall as a file, to start from: two sections, curved rows, all four grades and every flag. */
export function exampleHall(): string {
  const lines = rows.flatMap((row, depth) =>
    ['A', 'B'].flatMap((section) =>
      Array.from({ length: seatsInRow }, (_, index) => lineOf(section, row, { depth, index })),
    ),
  );
  return `${['section,row,seat,grade,x,y,flags', ...lines].join('\n')}\n`;
}

interface Place {
  readonly depth: number;
  readonly index: number;
}

function lineOf(section: string, row: string, { depth, index }: Place): string {
  // The aisle is in the middle: A lies to its left, B to its right.
  const fromAisle = section === 'A' ? seatsInRow - index : index + 1;
  const x = (section === 'A' ? -1 : 1) * (40 + fromAisle * 55);
  // The ends of a row come towards the stage.
  const y = 300 + depth * 95 - Math.round(fromAisle ** 2 * 0.8);
  return [section, row, index + 1, gradeAt(depth), x, y, flagsOf(section, { depth, index })].join(',');
}

function gradeAt(depth: number): string {
  return ['VIP', 'R', 'R', 'S', 'S', 'A'][depth] ?? 'A';
}

function flagsOf(section: string, { depth, index }: Place): string {
  if (depth === rows.length - 1 && section === 'A') return ['wheelchair', 'companion'][index] ?? '';
  if (depth === rows.length - 1 && index >= seatsInRow - 2) return 'blocked';
  return depth === 0 && index === (section === 'A' ? 0 : seatsInRow - 1) ? 'restricted-view' : '';
}
