/** A complete answer at the start of some bytes. */
export interface ReadAnswer {
  readonly status: number;
  readonly length: number;
  readonly isLast: boolean;
}

const headEnd = Buffer.from('\r\n\r\n');

/** Reads one HTTP/1.1 answer (RFC 9112); undefined while bytes are missing, throws when they are no answer. */
export function readAnswer(bytes: Buffer): ReadAnswer | undefined {
  const end = bytes.indexOf(headEnd);
  if (end < 0) return undefined;
  const head = bytes.toString('latin1', 0, end);
  const status = Number(head.slice(9, 12));
  if (!head.startsWith('HTTP/1.1 ') || !(status >= 200)) throw new Error(`This is no answer: ${head}`);
  const bodyStart = end + headEnd.length;
  const length = bodyLength(head, status, bytes, bodyStart);
  if (length === undefined || bodyStart + length > bytes.length) return undefined;
  return { status, length: bodyStart + length, isLast: /\r\nconnection: close/i.test(head) };
}

function bodyLength(head: string, status: number, bytes: Buffer, bodyStart: number): number | undefined {
  if (status === 204 || status === 304) return 0;
  const declared = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (declared !== undefined) return Number(declared);
  if (/\r\ntransfer-encoding: *chunked/i.test(head)) return chunkedLength(bytes, bodyStart);
  throw new Error(`An answer without a length: ${head}`);
}

function chunkedLength(bytes: Buffer, bodyStart: number): number | undefined {
  let position = bodyStart;
  for (;;) {
    const lineEnd = bytes.indexOf('\r\n', position);
    if (lineEnd < 0) return undefined;
    const size = Number.parseInt(bytes.toString('latin1', position, lineEnd), 16);
    if (Number.isNaN(size)) throw new Error('A chunk without a size');
    position = lineEnd + 2 + size + 2;
    if (position > bytes.length) return undefined;
    if (size === 0) return position - bodyStart;
  }
}
