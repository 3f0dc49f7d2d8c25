import { fire } from './fire.ts';
import type { LoadJob } from './volley.ts';

// The client's own process: one job at a time, by message.
process.on('message', (job: LoadJob) => {
  fire(job).then(
    (volley) => process.send?.({ volley }),
    (error: unknown) => process.send?.({ fault: error instanceof Error ? error.message : String(error) }),
  );
});
process.once('disconnect', () => process.exit(0));
