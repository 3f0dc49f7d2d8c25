import { setTimeout as sleep } from 'node:timers/promises';

// Lives as long as its argument says, in milliseconds, and ends with a fault.
await sleep(Number(process.argv[2]));
process.exit(1);
