/** What a ticket's QR says. */
export interface TicketPayload {
  readonly code: string;
  readonly oneTimeCode: string;
}

/** Text of the QR. */
export function payloadText({ code, oneTimeCode }: TicketPayload): string {
  return `urr1.${code}.${oneTimeCode}`;
}

/** Reads a scanned text; undefined when it is not a ticket's. */
export function parsePayload(text: string): TicketPayload | undefined {
  const match = /^urr1\.([\w-]{8,200})\.(\d{8})$/.exec(text.trim());
  const [, code, oneTimeCode] = match ?? [];
  return code === undefined || oneTimeCode === undefined ? undefined : { code, oneTimeCode };
}
