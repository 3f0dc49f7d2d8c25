import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const repository = path.join(import.meta.dirname, '../..');

/** Buys a ticket as a README shows it, on the platform at this offset, and asserts that it ends with a QR ticket. */
export async function buyAsShown(file: string, portOffset: number, directory: string): Promise<void> {
  const { stdout } = await promisify(execFile)('bash', ['-euc', await journeyOf(file, portOffset)], {
    cwd: directory,
    timeout: 60_000,
  });
  assert.match(stdout, /"state":"confirmed"/);
  const svg = await readFile(path.join(directory, 'ticket.svg'), 'utf8');
  assert.match(svg, /^<svg[\s\S]*<\/svg>\s*$/);
}

async function journeyOf(file: string, portOffset: number): Promise<string> {
  const text = await readFile(path.join(repository, file), 'utf8');
  const block = /```bash\n([\s\S]*?)```/.exec(text)?.[1];
  assert.ok(block, `${file} has a bash block`);
  return block.replace(/127\.0\.0\.1:(\d+)/g, (_, port: string) => `127.0.0.1:${Number(port) + portOffset}`);
}
