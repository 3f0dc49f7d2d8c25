/** Names of the bench's lines, as `--only` and `--json` use them. */
export type BenchKey =
  | 'pollVsBareHttp'
  | 'pollMillionVsThousand'
  | 'joinVsBareHttp'
  | 'holdVsCommitPerHold'
  | 'loserVsWinner'
  | 'gatewayVsProxy'
  | 'rssMegabytes'
  | 'startSeconds'
  | ClusterKey;

/** Lines of the scale-out profile, which need its engines; measured with `--cluster`. */
type ClusterKey = 'redisJoinVsHset' | 'redisClaimVsZadd' | 'kafkaEventsPerSecond' | 'twoTicketsVsOne';

/** What a line must reach. A ratio has no unit. */
export interface BenchLine {
  readonly what: string;
  readonly bound: 'at least' | 'at most';
  readonly limit: number;
  readonly unit: '' | 'MB' | 's' | '/s';
}

/** Every line, in the order it is measured and printed. Limits hold on two cores. */
export const benchLines: Readonly<Record<BenchKey, BenchLine>> = {
  pollVsBareHttp: ratio('state of a line ÷ bare node:http, same bytes', 0.75),
  pollMillionVsThousand: ratio('state with 1,000,000 in line ÷ with 1,000', 0.95),
  joinVsBareHttp: ratio('durable joins ÷ bare node:http echo, same sizes', 0.25),
  holdVsCommitPerHold: ratio('holds of two seats ÷ one transaction per hold', 3),
  loserVsWinner: ratio('refused holds of a hot seat ÷ accepted holds, two seats each', 2),
  gatewayVsProxy: ratio('authenticated GET by the gateway ÷ by @fastify/http-proxy', 0.8),
  rssMegabytes: { what: 'resident memory without PostgreSQL', bound: 'at most', limit: 700, unit: 'MB' },
  startSeconds: { what: 'npm start to the first answer, data there', bound: 'at most', limit: 10, unit: 's' },
  redisJoinVsHset: ratio('joins on Redis, logged ÷ redis-benchmark HSET, same node', 0.3),
  redisClaimVsZadd: ratio('claims on Redis, logged ÷ redis-benchmark ZADD, same node', 0.3),
  kafkaEventsPerSecond: {
    what: 'events from outbox to consumer, three brokers',
    bound: 'at least',
    limit: 5_000,
    unit: '/s',
  },
  twoTicketsVsOne: ratio('holds at two replicas ÷ at one, a quarter of a core each', 1.3),
};

const clusterKeys: readonly BenchKey[] = [
  'redisJoinVsHset',
  'redisClaimVsZadd',
  'kafkaEventsPerSecond',
  'twoTicketsVsOne',
] satisfies readonly ClusterKey[];

/** Keys of all lines, in their order. */
export const benchKeys = Object.keys(benchLines) as BenchKey[];

/** Keys of the lines that need nothing but npm's packages. */
export const embeddedKeys: readonly BenchKey[] = benchKeys.filter((key) => !clusterKeys.includes(key));

/** True when a value is good enough for its line. */
export function meets(key: BenchKey, value: number): boolean {
  const { bound, limit } = benchLines[key];
  return bound === 'at least' ? value >= limit : value <= limit;
}

function ratio(what: string, limit: number): BenchLine {
  return { what, bound: 'at least', limit, unit: '' };
}
