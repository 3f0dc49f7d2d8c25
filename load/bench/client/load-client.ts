import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { LoadJob, Volley } from './volley.ts';

/** The load client, in a process of its own. */
export interface LoadClient {
  /** Runs one job; jobs are given one after the other. */
  run(job: LoadJob): Promise<Volley>;
  stop(): Promise<void>;
}

type Report = { readonly volley: Volley } | { readonly fault: string };

/** Starts the client. */
export function startLoadClient(): LoadClient {
  const script = path.join(import.meta.dirname, 'load-process.ts');
  const child = fork(script, { detached: true, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const exited = once(child, 'exit');
  const died = exited.then((): never => {
    throw new Error('The load client ended by itself');
  });
  died.catch(() => {});
  return {
    run: async (job) => {
      const answered = once(child, 'message') as Promise<[Report]>;
      child.send(job);
      const [report] = await Promise.race([answered, died]);
      if ('fault' in report) throw new Error(report.fault);
      return report.volley;
    },
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await exited;
    },
  };
}
