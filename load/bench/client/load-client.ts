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

/** A job to the process, and what comes back for it. */
export type Order = { readonly id: number; readonly job: LoadJob };
export type Report = { readonly id: number } & ({ readonly volley: Volley } | { readonly fault: string });

/** Starts the client. */
export function startLoadClient(): LoadClient {
  const script = path.join(import.meta.dirname, 'load-process.ts');
  const child = fork(script, { detached: true, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const exited = once(child, 'exit');
  const died = exited.then((): never => {
    throw new Error('The load client ended by itself');
  });
  died.catch(() => {});
  let lastId = 0;
  // A job whose server died is given up; its late report is nobody's.
  const reportOf = (id: number) =>
    new Promise<Report>((resolve) => {
      const listen = (report: Report) => {
        if (report.id !== id) return;
        child.off('message', listen);
        resolve(report);
      };
      child.on('message', listen);
    });
  return {
    run: async (job) => {
      const id = (lastId += 1);
      const reported = reportOf(id);
      child.send({ id, job } satisfies Order);
      const report = await Promise.race([reported, died]);
      if ('fault' in report) throw new Error(report.fault);
      return report.volley;
    },
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await exited;
    },
  };
}
