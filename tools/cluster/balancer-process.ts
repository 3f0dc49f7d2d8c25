import { type Balanced, balance } from './balance.ts';

// The cluster's balancer: `node balancer-process.ts <json of what to balance>`.
const balancer = await balance(JSON.parse(process.argv[2] ?? '[]') as Balanced[]);
for (const signal of ['SIGTERM', 'SIGINT', 'disconnect'] as const)
  process.once(signal as 'SIGTERM', () => void balancer.stop().then(() => process.exit(0)));
