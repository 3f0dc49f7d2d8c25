import { type Static, type TObject, Type } from 'typebox';
import { SecretVariable } from '../config.ts';

/** Variables of Redis; spread them into the schema of a service that shares something between its replicas. */
export const redisVariables = {
  REDIS_HOST: Type.Optional(
    Type.String({
      pattern: '^[^\\s:/]+$',
      description:
        'Redis, Dragonfly or one node of a Redis Cluster, which is recognised by itself; unset, and no nodes either: without Redis',
    }),
  ),
  REDIS_PORT: Type.Integer({
    default: 6379,
    minimum: 1,
    maximum: 65_535,
    description: 'Port of `REDIS_HOST`',
  }),
  REDIS_CLUSTER_NODES: Type.Optional(
    Type.String({
      pattern: '^[^\\s:,/]+:\\d{1,5}(,[^\\s:,/]+:\\d{1,5})*$',
      description:
        'Nodes of a Redis Cluster to ask for the others, as `host:port`, separated by commas; beside `REDIS_HOST` or instead of it',
    }),
  ),
  REDIS_PASSWORD: Type.Optional(SecretVariable({ description: 'Password of Redis' })),
  REDIS_SSL: Type.Boolean({
    default: false,
    description: 'Speak TLS with Redis; a private authority is made known by `NODE_EXTRA_CA_CERTS`',
  }),
};

/** The part of a service's settings that is about Redis. */
export type RedisConfig = Readonly<Static<TObject<typeof redisVariables>>>;

/** True when Redis is configured. */
export function isRedisConfigured(config: RedisConfig): boolean {
  return config.REDIS_HOST !== undefined || config.REDIS_CLUSTER_NODES !== undefined;
}
