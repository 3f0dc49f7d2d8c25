import type { ImageType } from '@urr/contracts/catalog-images.ts';

/** A picture as its file's header describes it. */
export interface PictureHeader {
  readonly type: ImageType;
  readonly width: number;
  readonly height: number;
}

/** Reads what a file is from its content alone, without decoding it; `undefined` for what is no whole picture. */
export function readPictureHeader(file: Buffer): PictureHeader | undefined {
  try {
    return readPng(file) ?? readJpeg(file) ?? readWebp(file);
  } catch (error) {
    // A length in the file points past its end.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const pngSignature = Buffer.from('89504e470d0a1a0a', 'hex');

// PNG specification, 5: a signature, then chunks of length, type, data and checksum from IHDR to IEND.
function readPng(file: Buffer): PictureHeader | undefined {
  if (!file.subarray(0, 8).equals(pngSignature) || file.toString('latin1', 12, 16) !== 'IHDR')
    return undefined;
  const size = { width: file.readUInt32BE(16), height: file.readUInt32BE(20) };
  let hasPixels = false;
  for (let at = 8; at < file.length; at += 12 + file.readUInt32BE(at)) {
    const type = file.toString('latin1', at + 4, at + 8);
    hasPixels ||= type === 'IDAT';
    if (type === 'IEND')
      return hasPixels && at + 12 <= file.length ? { type: 'image/png', ...size } : undefined;
  }
  return undefined;
}

// ISO/IEC 10918-1, B: segments begin with FF and a marker; a frame header (C0 to CF but C4, C8 and CC) holds the size.
function readJpeg(file: Buffer): PictureHeader | undefined {
  if (file.toString('hex', 0, 3) !== 'ffd8ff') return undefined;
  for (let at = 2; ;) {
    if (file.readUInt8(at) !== 0xff) return undefined;
    const marker = file.readUInt8(at + 1);
    // The pixels, or the end, before any size.
    if (marker === 0xda || marker === 0xd9) return undefined;
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return { type: 'image/jpeg', height: file.readUInt16BE(at + 5), width: file.readUInt16BE(at + 7) };
    const isBare = marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);
    if (marker === 0xff) at += 1;
    else at += isBare ? 2 : 2 + file.readUInt16BE(at + 2);
  }
}

// RFC 9649: a RIFF container whose first chunk is a key frame (VP8), a lossless picture (VP8L) or the extended header.
function readWebp(file: Buffer): PictureHeader | undefined {
  if (file.toString('latin1', 0, 4) !== 'RIFF' || file.toString('latin1', 8, 12) !== 'WEBP') return undefined;
  const isWhole = file.readUInt32LE(4) + 8 <= file.length;
  const size = isWhole ? webpSize(file) : undefined;
  return size === undefined ? undefined : { type: 'image/webp', ...size };
}

function webpSize(file: Buffer): { width: number; height: number } | undefined {
  switch (file.toString('latin1', 12, 16)) {
    case 'VP8 ': {
      const isKeyFrame = (file.readUInt8(20) & 1) === 0 && file.toString('hex', 23, 26) === '9d012a';
      if (!isKeyFrame) return undefined;
      return { width: file.readUInt16LE(26) & 0x3fff, height: file.readUInt16LE(28) & 0x3fff };
    }
    case 'VP8L': {
      if (file.readUInt8(20) !== 0x2f) return undefined;
      const bits = file.readUInt32LE(21);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case 'VP8X':
      return { width: file.readUIntLE(24, 3) + 1, height: file.readUIntLE(27, 3) + 1 };
    default:
      return undefined;
  }
}
