import { createHmac } from 'node:crypto';
import type { Locator } from 'playwright-core';
import { create } from 'qrcode';

/** What draws a ticket's code, as its owner may read it. */
export interface TicketSecret {
  readonly code: string;
  readonly totpSecret: string;
  readonly now: string;
}

const periodMs = 30_000;

/**
 * The text of the ticket's QR that a picture shows, by comparing it module by module with what a gate expects now and around
 * now; `undefined` when it shows something else.
 */
export async function readTicketCode(picture: Locator, secret: TicketSecret): Promise<string | undefined> {
  const step = Math.floor(Date.parse(secret.now) / periodMs);
  const image = (await picture.screenshot()).toString('base64');
  for (const at of [step, step + 1, step - 1]) {
    const text = `urr1.${secret.code}.${oneTimeCode(secret.totpSecret, at)}`;
    const { modules } = create(text, { errorCorrectionLevel: 'M' });
    const shown = await picture.page().evaluate(`(${sampleModules})("${image}", ${modules.size})`);
    if (shown === [...modules.data].map((isDark) => (isDark ? '1' : '0')).join('')) return text;
  }
  return undefined;
}

/** RFC 6238 with eight digits. */
export function oneTimeCode(totpSecret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', Buffer.from(totpSecret, 'base64url')).update(counter).digest();
  const number = mac.readUInt32BE((mac.at(-1) ?? 0) & 0x0f) & 0x7fff_ffff;
  return String(number % 10 ** 8).padStart(8, '0');
}

// Runs in the page: looks at the middle of each module, inside the four modules of light that a code has around it.
const sampleModules = `async (png, size) => {
  const image = new Image();
  image.src = 'data:image/png;base64,' + png;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height);
  const drawing = canvas.getContext('2d');
  drawing.drawImage(image, 0, 0);
  const { data } = drawing.getImageData(0, 0, image.width, image.height);
  const place = (module, length) => Math.floor(((module + 4.5) / (size + 8)) * length);
  let modules = '';
  for (let row = 0; row < size; row += 1)
    for (let column = 0; column < size; column += 1) {
      const at = place(row, image.height) * image.width + place(column, image.width);
      modules += data[at * 4] < 128 ? '1' : '0';
    }
  return modules;
}`;
