import { randomBytes } from 'node:crypto';
import type { ImageType } from '@urr/contracts/catalog-images.ts';

const extensions: Readonly<Record<ImageType, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
};
const keyPattern = /^[0-9a-f]{40}\.(jpg|png|webp)$/;

/** A name that cannot be guessed: 160 random bits, and its kind. */
export function newImageKey(type: ImageType): string {
  return `${randomBytes(20).toString('hex')}.${extensions[type]}`;
}

/** The kind of picture a key names. Throws for what is no key, so that no store is ever asked for it. */
export function imageTypeOf(key: string): ImageType {
  const extension = keyPattern.exec(key)?.[1];
  const type = (Object.keys(extensions) as ImageType[]).find((one) => extensions[one] === extension);
  if (type === undefined) throw new Error('not a key of a picture');
  return type;
}
