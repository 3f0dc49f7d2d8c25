import { imageLimits, imageTypes } from '@urr/contracts/catalog-images.ts';

/** What can be said of a file before it is sent. */
export type PictureCheck = 'fits' | 'too-large' | 'wrong-type';

/** Looks at what the browser knows of a file; what is in it is for catalog-service to judge. */
export function checkPicture({ size, type }: Pick<File, 'size' | 'type'>): PictureCheck {
  if (!imageTypes.some((known) => known === type)) return 'wrong-type';
  return size > imageLimits.bytes ? 'too-large' : 'fits';
}

/** Megabytes to say, never rounded down to what would be taken. */
export function megabytesOf(bytes: number): string {
  return (Math.ceil((bytes / 1024 / 1024) * 10) / 10).toFixed(1);
}
