/** Most bytes of a hall's import, as the service takes them. */
export const mostImportBytes = 8 * 1024 * 1024;

/** A chosen file: its text, or why it cannot be taken. */
export type HallFileText =
  | { readonly kind: 'read'; readonly text: string; readonly encoding: 'utf-8' | 'euc-kr' }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'unreadable' };

/** Reads a file's bytes: UTF-8, else the Korean encoding spreadsheets still write. */
export function decodeHallFile(bytes: Uint8Array): HallFileText {
  if (bytes.byteLength > mostImportBytes) return { kind: 'too-large' };
  const utf8 = decoded(bytes, 'utf-8');
  if (utf8 !== undefined) return sizeChecked(utf8, 'utf-8');
  const korean = decoded(bytes, 'euc-kr');
  return korean === undefined ? { kind: 'unreadable' } : sizeChecked(korean, 'euc-kr');
}

/** Bytes of a text on its way: each line break and quote takes one more inside JSON. */
export function bytesInJson(text: string): number {
  return new TextEncoder().encode(JSON.stringify(text)).byteLength;
}

// Room for the hall's names beside the text.
const besideText = 2048;

function sizeChecked(text: string, encoding: 'utf-8' | 'euc-kr'): HallFileText {
  return bytesInJson(text) + besideText > mostImportBytes
    ? { kind: 'too-large' }
    : { kind: 'read', text, encoding };
}

function decoded(bytes: Uint8Array, encoding: 'utf-8' | 'euc-kr'): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
