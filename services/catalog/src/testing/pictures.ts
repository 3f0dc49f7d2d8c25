import { crc32, deflateSync } from 'node:zlib';

/** A whole PNG of one colour; `salt` makes its bytes differ. */
export function png(width = 300, height = 400, salt = ''): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0], 8);
  const rows = deflateSync(Buffer.alloc((width + 1) * height, 0));
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    pngChunk('IHDR', header),
    pngChunk('tEXt', Buffer.from(`Comment\0${salt}`)),
    pngChunk('IDAT', rows),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

function pngChunk(type: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, checksum]);
}

/** The segments of a JPEG as a camera writes them, without pixels. */
export function jpeg(width = 300, height = 400): Buffer {
  const size = Buffer.alloc(5);
  size.writeUInt8(8, 0);
  size.writeUInt16BE(height, 1);
  size.writeUInt16BE(width, 3);
  return Buffer.concat([
    Buffer.from('ffd8', 'hex'),
    jpegSegment(0xe0, Buffer.from('JFIF\0')),
    // A thumbnail's own size, inside a segment, is not the picture's.
    jpegSegment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), jpegSegment(0xc0, Buffer.alloc(15))])),
    jpegSegment(0xdb, Buffer.alloc(65)),
    jpegSegment(0xc4, Buffer.alloc(28)),
    jpegSegment(0xc2, Buffer.concat([size, Buffer.alloc(10)])),
    jpegSegment(0xda, Buffer.alloc(10)),
    Buffer.from('00ffd9', 'hex'),
  ]);
}

function jpegSegment(marker: number, content: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([head, content]);
}

/** The container and first chunk of a WebP of each kind. */
export function webp(kind: 'VP8 ' | 'VP8L' | 'VP8X', width = 300, height = 400): Buffer {
  const chunk = Buffer.alloc(18);
  if (kind === 'VP8 ') {
    chunk.write('9d012a', 3, 'hex');
    chunk.writeUInt16LE(width, 6);
    chunk.writeUInt16LE(height, 8);
  } else if (kind === 'VP8L') {
    chunk.writeUInt8(0x2f, 0);
    chunk.writeUInt32LE((width - 1) | ((height - 1) << 14), 1);
  } else {
    chunk.writeUIntLE(width - 1, 4, 3);
    chunk.writeUIntLE(height - 1, 7, 3);
  }
  const head = Buffer.alloc(20);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(12 + chunk.length, 4);
  head.write(`WEBP${kind}`, 8, 'latin1');
  head.writeUInt32LE(chunk.length, 16);
  return Buffer.concat([head, chunk]);
}
