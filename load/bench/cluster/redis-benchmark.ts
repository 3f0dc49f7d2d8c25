import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const requests = 150_000;
const deadlineMs = 60_000;

/** Times a second that `redis-benchmark` of the same package has one command carried out, 50 connections, no pipelining. */
export async function measureCommand(port: number, command: 'HSET' | 'ZADD'): Promise<number> {
  const keys = ['-r', '1000000'];
  const args = [
    '-p',
    String(port),
    '-t',
    command.toLowerCase(),
    '-n',
    String(requests),
    '-c',
    '50',
    ...keys,
    '--csv',
  ];
  const { stdout } = await run('redis-benchmark', args, { timeout: deadlineMs });
  const perSecond = Number(new RegExp(`^"${command}[^"]*","([\\d.]+)"`, 'm').exec(stdout)?.[1]);
  if (!(perSecond > 0)) throw new Error(`redis-benchmark said something else: ${stdout}`);
  return perSecond;
}
