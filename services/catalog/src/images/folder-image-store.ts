import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { imageTypeOf } from './image-key.ts';
import type { ImageStore } from './image-store.ts';

/** Pictures as files of one folder, which is made with the first of them. */
export function createFolderImageStore(directory: string): ImageStore {
  return {
    put: async (key, content) => {
      const file = fileOf(directory, key);
      await mkdir(directory, { recursive: true });
      // Renamed into place, so that nobody ever reads half a picture.
      const incoming = `${file}.${randomUUID()}`;
      try {
        await writeDurably(incoming, content);
        await rename(incoming, file);
      } catch (error) {
        await rm(incoming, { force: true });
        throw error;
      }
      await flushFolder(directory);
    },
    open: async (key) => {
      const handle = await open(fileOf(directory, key)).catch(absent);
      if (handle === undefined) return undefined;
      const { size } = await handle.stat();
      return { byteCount: size, content: handle.createReadStream() };
    },
    remove: (key) => rm(fileOf(directory, key), { force: true }),
    close: () => {},
  };
}

function fileOf(directory: string, key: string): string {
  imageTypeOf(key);
  return path.join(directory, key);
}

async function writeDurably(file: string, content: Buffer): Promise<void> {
  const handle = await open(file, 'wx', 0o644);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

// The name of a file lives in its folder and needs a flush of its own.
async function flushFolder(directory: string): Promise<void> {
  const handle = await open(directory);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function absent(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
}
