/** A mail as a server was given it. */
export interface ReceivedMail {
  readonly sender: string;
  readonly recipients: readonly string[];
  /** Header lines, unfolded and decoded, by lower-case name; one that stands twice has both values. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly text: string;
  readonly html: string;
  /** As it came, one character a byte. */
  readonly source: string;
}

type Message = Omit<ReceivedMail, 'sender' | 'recipients'>;

/** Reads a message of plain text and HTML (RFC 5322, 2045 to 2047). */
export function readMail(source: string): Message {
  const { headers, body } = split(source);
  const boundary = /boundary="?([^";]+)"?/.exec(headers.get('content-type')?.[0] ?? '')?.[1];
  const parts = boundary === undefined ? [source] : body.split(`--${boundary}`).slice(1, -1);
  const contentOf = (kind: string) => {
    const part = parts.map((one) => split(one.replace(/^\r\n/, ''))).find((one) => isKind(one, kind));
    return part === undefined ? '' : decodeBody(part);
  };
  return { headers, text: contentOf('text/plain'), html: contentOf('text/html'), source };
}

interface Part {
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly body: string;
}

function split(source: string): Part {
  const end = source.indexOf('\r\n\r\n');
  const lines = source
    .slice(0, end)
    .replaceAll(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  const headers = new Map<string, string[]>();
  for (const line of lines) {
    const name = line.slice(0, line.indexOf(':')).toLowerCase();
    headers.set(name, [...(headers.get(name) ?? []), decodeWords(line.slice(line.indexOf(':') + 1).trim())]);
  }
  return { headers, body: source.slice(end + 4) };
}

function isKind({ headers }: Part, kind: string): boolean {
  return headers.get('content-type')?.[0]?.startsWith(kind) === true;
}

function decodeBody({ headers, body }: Part): string {
  const encoding = headers.get('content-transfer-encoding')?.[0];
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString();
  if (encoding === 'quoted-printable') return decodeQuoted(body.replaceAll('=\r\n', ''));
  return Buffer.from(body, 'latin1').toString();
}

function decodeWords(value: string): string {
  return value
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, encoding: string, content: string) =>
      encoding.toLowerCase() === 'b'
        ? Buffer.from(content, 'base64').toString()
        : decodeQuoted(content.replaceAll('_', ' ')),
    );
}

function decodeQuoted(content: string): string {
  const bytes = content.replaceAll(/=([0-9A-F]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString();
}
