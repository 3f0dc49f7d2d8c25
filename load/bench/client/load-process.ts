import { fire } from './fire.ts';
import type { Order, Report } from './load-client.ts';

// The client's own process: jobs come by message, reports go back.
process.on('message', ({ id, job }: Order) => {
  const send = (report: Report) => void process.send?.(report);
  fire(job).then(
    (volley) => send({ id, volley }),
    (error: unknown) => send({ id, fault: error instanceof Error ? error.message : String(error) }),
  );
});
process.once('disconnect', () => process.exit(0));
