import assert from 'node:assert/strict';
import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { openJournal } from './journal.ts';
import { temporaryFolder } from './test-simulator.ts';

async function reopen(folder: string) {
  const lines: string[] = [];
  const offsets: number[] = [];
  const journal = await openJournal({
    folder,
    onLine: (line, offset) => {
      lines.push(line);
      offsets.push(offset);
    },
    onFailure: (error) => assert.fail(error),
  });
  return { journal, lines, offsets };
}

async function written(context: TestContext, lines: string[]): Promise<string> {
  const folder = await temporaryFolder(context);
  const { journal } = await reopen(folder);
  for (const line of lines) journal.append(line);
  await journal.close();
  return folder;
}

describe('journal', () => {
  it('gives back every line, in order, each at the offset it was given', async (context) => {
    const folder = await temporaryFolder(context);
    const first = await reopen(folder);
    const lines = ['one', '가상계좌', 'x'.repeat(10_000), ''];
    const offsets = lines.map((line) => first.journal.append(line));
    await first.journal.durable();
    for (const [index, line] of lines.entries())
      assert.equal(await first.journal.read(offsets[index] ?? -1), line);
    await first.journal.close();
    const second = await reopen(folder);
    assert.deepEqual([second.lines, second.offsets], [lines, offsets]);
    await second.journal.close();
  });

  it('leaves out a torn last line and writes over it', async (context) => {
    const folder = await written(context, ['one', 'two']);
    await appendFile(join(folder, 'journal.jsonl'), '{"half":');
    const torn = await reopen(folder);
    assert.deepEqual(torn.lines, ['one', 'two']);
    torn.journal.append('three');
    await torn.journal.close();
    assert.equal(await readFile(join(folder, 'journal.jsonl'), 'utf8'), 'one\ntwo\nthree\n');
  });

  it('does not touch the file before its first write', async (context) => {
    const folder = await written(context, ['one']);
    await appendFile(join(folder, 'journal.jsonl'), 'torn');
    const { journal } = await reopen(folder);
    await journal.close();
    assert.equal(await readFile(join(folder, 'journal.jsonl'), 'utf8'), 'one\ntorn');
  });

  it('reads a file longer than its buffer', async (context) => {
    const lines = Array.from({ length: 5000 }, (_, index) => `${index} ${'x'.repeat(500)}`);
    const { journal, lines: read } = await reopen(await written(context, lines));
    assert.deepEqual(read, lines);
    await journal.close();
  });

  it('shares one flush among the lines of many callers', async (context) => {
    const { journal } = await reopen(await temporaryFolder(context));
    let flushes = 0;
    let last: Promise<void> | undefined;
    for (let index = 0; index < 1000; index += 1) {
      journal.append('line');
      if (journal.durable() !== last) flushes += 1;
      last = journal.durable();
    }
    assert.equal(flushes, 1);
    await journal.close();
  });

  it('promises nothing any more once a write has failed', async (context) => {
    const failures: Error[] = [];
    const folder = await temporaryFolder(context);
    const journal = await openJournal({
      folder,
      onLine: () => undefined,
      onFailure: (error) => failures.push(error),
    });
    await journal.close();
    journal.append('to a closed file');
    await assert.rejects(journal.durable(), /journal cannot be written/);
    assert.throws(() => journal.append('more'), /journal cannot be written/);
    assert.equal(failures.length, 1);
  });
});
