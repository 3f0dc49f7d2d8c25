import { Problem } from '@urr/platform/problem.ts';

type CursorPart = string | number;

/** Writes the place after the last row of a page. */
export function writeCursor(parts: readonly CursorPart[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** Reads a place written by `writeCursor`; anything else is refused as invalid input. */
export function readCursor<const Kinds extends readonly ('string' | 'number')[]>(
  cursor: string | undefined,
  kinds: Kinds,
): { [Index in keyof Kinds]: Kinds[Index] extends 'string' ? string : number } | undefined {
  if (cursor === undefined) return undefined;
  const parts = parse(cursor);
  if (
    Array.isArray(parts) &&
    parts.length === kinds.length &&
    kinds.every((kind, at) => isOf(kind, parts[at]))
  )
    return parts as never;
  throw new Problem('invalid-input', {
    data: { errors: [{ path: 'querystring/cursor', message: 'is not a cursor of this list' }] },
  });
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

function isOf(kind: 'string' | 'number', part: unknown): boolean {
  if (kind === 'number') return Number.isSafeInteger(part);
  return typeof part === 'string' && part.length <= 100 && !/[\p{Cc}\p{Cs}]/u.test(part);
}
