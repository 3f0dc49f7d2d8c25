import { imageLimits } from '@urr/contracts/catalog-images.ts';
import { type PictureHeader, readPictureHeader } from './image-format.ts';

/** A picture that may be kept, or why it may not. */
export type ImageCheck =
  | { readonly kind: 'picture'; readonly header: PictureHeader }
  | { readonly kind: 'unreadable'; readonly found: string | null }
  | { readonly kind: 'dimensions'; readonly width: number; readonly height: number };

/** Judges a file by its content, which must be what it was declared as. */
export function checkImage(declaredType: string, file: Buffer): ImageCheck {
  const header = readPictureHeader(file);
  if (header === undefined || header.type !== declaredType)
    return { kind: 'unreadable', found: header?.type ?? null };
  const { width, height } = header;
  const { shortestSide, longestSide, pixels } = imageLimits;
  const isFitting =
    Math.min(width, height) >= shortestSide &&
    Math.max(width, height) <= longestSide &&
    width * height <= pixels;
  return isFitting ? { kind: 'picture', header } : { kind: 'dimensions', width, height };
}
