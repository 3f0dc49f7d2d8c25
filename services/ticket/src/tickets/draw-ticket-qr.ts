import QRCode from 'qrcode';
import { oneTimeCode, secondsLeft, stepAt, ticketCodeRule } from './one-time-code.ts';
import type { TicketRow } from './store.ts';
import { payloadText } from './ticket-payload.ts';

/** The picture of one period. */
export interface TicketQr {
  readonly svg: string;
  readonly secondsLeft: number;
  /** When the next one is due, by the store's clock. */
  readonly rotatesAt: Date;
}

/** Draws a ticket's QR of this period of the store's clock. */
export async function drawTicketQr(
  row: Pick<TicketRow, 'code' | 'totp_secret' | 'now_ms'>,
): Promise<TicketQr> {
  const step = stepAt(row.now_ms);
  const payload = payloadText({ code: row.code, oneTimeCode: oneTimeCode(row.totp_secret, step) });
  return {
    svg: await QRCode.toString(payload, { type: 'svg', errorCorrectionLevel: 'M', margin: 4 }),
    secondsLeft: secondsLeft(row.now_ms),
    rotatesAt: new Date((step + 1) * ticketCodeRule.periodSeconds * 1000),
  };
}
