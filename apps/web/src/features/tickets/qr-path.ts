/** The modules of a QR, row by row; 1 is dark. */
export interface QrModules {
  readonly size: number;
  readonly data: ArrayLike<number>;
}

/** Draws the dark modules as one SVG path in units of a module: each run of them in a row is a rectangle. */
export function qrPath({ size, data }: QrModules): string {
  let path = '';
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const length = darkRun(data, row * size + column, size - column);
      if (length > 0) path += `M${column} ${row}h${length}v1h-${length}z`;
      column += length;
    }
  }
  return path;
}

function darkRun(data: ArrayLike<number>, start: number, most: number): number {
  let length = 0;
  while (length < most && data[start + length]) length += 1;
  return length;
}
