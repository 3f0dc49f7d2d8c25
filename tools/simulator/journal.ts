import { constants } from 'node:fs';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';

const chunkBytes = 1024 * 1024;
const lineBlockBytes = 4096;
const newline = 0x0a;

/** An append-only file of lines; a line is named by the byte offset at which it starts. */
export type Journal = {
  append(line: string): number;
  /** Resolves when everything appended so far is on disk; rejects for good once a write has failed. */
  durable: () => Promise<void>;
  read(offset: number): Promise<string>;
  failure: () => Error | undefined;
  close: () => Promise<void>;
};

type JournalOptions = {
  folder: string;
  onLine: (line: string, offset: number) => void;
  onFailure: (error: Error) => void;
};

export async function openJournal(options: JournalOptions): Promise<Journal> {
  await mkdir(options.folder, { recursive: true });
  const file = await open(join(options.folder, 'journal.jsonl'), constants.O_RDWR | constants.O_CREAT, 0o600);
  try {
    const goodBytes = await replay(file, options.onLine);
    await syncFolder(options.folder);
    return startWriter(file, goodBytes, options.onFailure);
  } catch (cause) {
    await file.close();
    throw cause;
  }
}

// The file's name must survive a power cut as well as its content.
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Hands every whole line to onLine and answers where the good part ends: a torn tail was never acknowledged. */
async function replay(file: FileHandle, onLine: JournalOptions['onLine']): Promise<number> {
  const chunk = Buffer.alloc(chunkBytes);
  let carry = Buffer.alloc(0);
  let offset = 0;
  for (;;) {
    const { bytesRead } = await file.read(chunk, 0, chunkBytes, offset + carry.length);
    if (bytesRead === 0) return offset;
    const bytes = Buffer.concat([carry, chunk.subarray(0, bytesRead)]);
    let start = 0;
    for (let end = bytes.indexOf(newline); end !== -1; end = bytes.indexOf(newline, start)) {
      onLine(bytes.toString('utf8', start, end), offset + start);
      start = end + 1;
    }
    carry = Buffer.from(bytes.subarray(start));
    offset += start;
  }
}

type Batch = { lines: string[]; done: PromiseWithResolvers<void> };

function newBatch(): Batch {
  const done = Promise.withResolvers<void>();
  done.promise.catch(() => undefined);
  return { lines: [], done };
}

function startWriter(file: FileHandle, goodBytes: number, onFailure: (error: Error) => void): Journal {
  let end = goodBytes;
  let next: Batch | undefined;
  let writing: Batch | undefined;
  let running = false;
  let failure: Error | undefined;
  const write = createBatchWriter(file, goodBytes);
  // Narrowing does not see that `append` may have queued a batch during the write.
  const queued = (): Batch | undefined => next;
  // One flush serves everything that queued while the last one ran.
  async function run(): Promise<void> {
    await new Promise(setImmediate);
    while (next !== undefined && failure === undefined) {
      writing = next;
      next = undefined;
      try {
        await write(Buffer.from(writing.lines.join('')));
        writing.done.resolve();
      } catch (cause) {
        failure = new Error('The journal cannot be written', { cause });
        writing.done.reject(failure);
        queued()?.done.reject(failure);
        onFailure(failure);
      }
    }
    writing = undefined;
    running = false;
  }

  function durable(): Promise<void> {
    if (failure !== undefined) return Promise.reject(failure);
    return (next ?? writing)?.done.promise ?? Promise.resolve();
  }

  return {
    append(line) {
      if (failure !== undefined) throw failure;
      const offset = end;
      end += Buffer.byteLength(line) + 1;
      next ??= newBatch();
      next.lines.push(line, '\n');
      if (!running) {
        running = true;
        void run();
      }
      return offset;
    },
    durable,
    async read(offset) {
      await durable();
      return readLine(file, offset);
    },
    failure: () => failure,
    async close() {
      await durable().catch(() => undefined);
      await file.close();
    },
  };
}

function createBatchWriter(file: FileHandle, goodBytes: number): (batch: Buffer) => Promise<void> {
  let written = goodBytes;
  let tailIsTorn = true;
  return async (batch) => {
    // Cut off only now, not at opening: a second process started by mistake must not damage the first one's file.
    if (tailIsTorn) await file.truncate(written);
    tailIsTorn = false;
    let done = 0;
    while (done < batch.length) {
      const { bytesWritten } = await file.write(batch, done, batch.length - done, written + done);
      done += bytesWritten;
    }
    await file.datasync();
    written += batch.length;
  };
}

async function readLine(file: FileHandle, offset: number): Promise<string> {
  const blocks: Buffer[] = [];
  let position = offset;
  for (;;) {
    const block = Buffer.alloc(lineBlockBytes);
    const { bytesRead } = await file.read(block, 0, lineBlockBytes, position);
    const end = block.subarray(0, bytesRead).indexOf(newline);
    blocks.push(block.subarray(0, end === -1 ? bytesRead : end));
    if (end !== -1) return Buffer.concat(blocks).toString('utf8');
    if (bytesRead === 0) throw new Error(`No line starts at byte ${offset} of the journal`);
    position += bytesRead;
  }
}
