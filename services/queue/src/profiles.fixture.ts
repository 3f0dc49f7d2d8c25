import { redisSkip } from '@urr/testkit/redis-process.ts';
import { startRedis } from '@urr/testkit/redis-server.ts';
import { createWorld, type World } from './queue.fixture.ts';

/** Where lines are kept; `skip` says why it is left out here. */
export interface Profile {
  readonly name: string;
  readonly skip: string | false;
  createWorld(): Promise<World>;
}

/** A guarantee holds wherever lines are kept. */
export const profiles: readonly Profile[] = [
  { name: 'lines in PostgreSQL', skip: false, createWorld: () => createWorld() },
  { name: 'lines in Redis', skip: redisSkip(), createWorld: createRedisWorld },
];

async function createRedisWorld(): Promise<World> {
  const redis = await startRedis();
  const world = await createWorld(redis.environment);
  return {
    ...world,
    close: async () => {
      await world.close();
      await redis.stop();
    },
  };
}
