import { fork } from 'node:child_process';

/** Runs a script of this repository to its end and answers the last message it sent; its complaint is thrown here. */
export async function runOnce(
  script: string,
  environment: Readonly<Record<string, string>>,
): Promise<unknown> {
  const child = fork(script, [], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { PATH: process.env['PATH'] ?? '', ...environment },
  });
  const complaint: Buffer[] = [];
  child.stderr?.on('data', (chunk: Buffer) => complaint.push(chunk));
  let answer: unknown;
  child.on('message', (message) => (answer = message));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  if (code === 0) return answer;
  throw new Error(Buffer.concat(complaint).toString().trim() || `${script} ended with code ${code}`);
}
