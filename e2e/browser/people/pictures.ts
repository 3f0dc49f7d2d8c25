import type { Page } from 'playwright-core';
import type { Visitor } from '../stage/visitor.ts';

/** A file as somebody has it on their disk. */
export interface PictureFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

const drawing = `(type, width, height) => {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext('2d');
  pen.fillStyle = 'teal';
  pen.fillRect(width / 4, height / 4, width / 2, height / 2);
  return canvas.toDataURL(type, 0.8).split(',')[1];
}`;

/** Draws a picture with a browser, which writes real files of each kind. */
export async function drawPicture(
  page: Page,
  mimeType: 'image/jpeg' | 'image/png' | 'image/webp',
  [width, height]: readonly [number, number],
): Promise<PictureFile> {
  const base64 = String(await page.evaluate(`(${drawing})('${mimeType}', ${width}, ${height})`));
  return {
    name: `poster.${mimeType.slice('image/'.length)}`,
    mimeType,
    buffer: Buffer.from(base64, 'base64'),
  };
}

/** Chooses a picture on the page of the organiser's event, which must be open. */
export async function choosePicture(visitor: Visitor, file: PictureFile): Promise<void> {
  const picker = visitor.page
    .getByLabel(visitor.says('planning.picture.choose'))
    .and(visitor.page.locator('input[type=file]'));
  await picker.setInputFiles({ ...file });
}

const measuring = `async () => {
  const image = document.querySelector('main img[src^="/api/v1/images/"]');
  if (image === null) return null;
  await image.decode();
  return [image.naturalWidth, image.naturalHeight];
}`;

/** Pixels of the uploaded picture on an event's page, as the browser read them; `null` where the poster is drawn. */
export async function shownPicture(visitor: Visitor): Promise<readonly number[] | null> {
  return (await visitor.page.evaluate(`(${measuring})()`)) as readonly number[] | null;
}
