import { readFile } from 'node:fs/promises';
import { ImportRefused } from './import-target.ts';

/** Reads a UTF-8 file; anything else is refused with the line it stands in, instead of being guessed at. */
export async function readTextFile(file: string): Promise<string> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw new ImportRefused(file, [error instanceof Error ? error.message : 'cannot be read']);
  });
  if (isUtf8(bytes)) return new TextDecoder('utf-8').decode(bytes);
  throw new ImportRefused(file, [`line ${brokenLine(bytes)}: The line is not UTF-8.`]);
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

const lineFeed = 10;

function brokenLine(bytes: Uint8Array): number {
  let start = 0;
  for (let line = 1; ; line += 1) {
    const end = bytes.indexOf(lineFeed, start);
    if (end === -1 || !isUtf8(bytes.subarray(start, end))) return line;
    start = end + 1;
  }
}
