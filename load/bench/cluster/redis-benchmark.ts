import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const requests = 150_000;
const deadlineMs = 60_000;

/** Times a second that `redis-benchmark` of the same package has one field set in a hash, 50 connections, no pipelining. */
export async function measureHset(port: number): Promise<number> {
  const args = ['-p', String(port), '-t', 'hset', '-n', String(requests), '-c', '50', '--csv'];
  const { stdout } = await run('redis-benchmark', args, { timeout: deadlineMs });
  const perSecond = Number(/^"HSET[^"]*","([\d.]+)"/m.exec(stdout)?.[1]);
  if (!(perSecond > 0)) throw new Error(`redis-benchmark said something else: ${stdout}`);
  return perSecond;
}
