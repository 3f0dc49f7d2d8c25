import { joinLine } from '@urr/contracts/queue.ts';
import type { RequestPlan } from '../client/request-plan.ts';
import { compare, type Side } from '../measure/compare.ts';
import { type StandInCatalog, startStandInCatalog } from '../stage/catalog.ts';
import { newEventId, sampleOf } from '../stage/fan.ts';
import { type QueueStage, startQueue } from '../stage/queue.ts';
import type { Stage } from '../stage/stage.ts';
import { ratioFigure, requireSameSize, type Scene } from './scene.ts';

const load = { connections: 256, expectedStatus: 200, rampMs: 300, durationMs: 2_000 };
const joinsPrepared = 40_000;
/** People already in line at the sample, so that its number is as long as most. */
const numberedPeople = 10_000;

/** Joining an open line: every join is a new account's, and on disk before it is answered. */
export const joinScene: Scene = {
  keys: ['joinVsBareHttp'],
  play: async (stage, _keys, report) => {
    const catalog = await startStandInCatalog(stage.cleanup);
    const queue = await startQueue(stage, catalog, 'queue_join');
    const echo = await startEcho(stage, queue);
    const comparison = await compare(joining(stage, queue, catalog), echo, stage.options.rounds);
    report('joinVsBareHttp', ratioFigure(requireSameSize(comparison)));
  },
};

function planOf(stage: Stage, eventId: string): RequestPlan {
  return {
    method: 'POST',
    path: joinLine.path.replace(':eventId', eventId),
    count: joinsPrepared,
    isOnce: true,
    accounts: { jwtSecret: stage.secrets.jwt },
    body: { kind: 'text', text: '{}' },
  };
}

function joining(stage: Stage, queue: QueueStage, catalog: StandInCatalog): Side {
  let eventId: string | undefined;
  return {
    name: 'durable joins',
    servers: [queue.server],
    prepare: async () => {
      if (eventId !== undefined) catalog.close(eventId);
      eventId = newEventId();
      await queue.openSale(eventId);
      await queue.database.client.query('CHECKPOINT');
    },
    measure: () => stage.client.run({ port: queue.server.port, plan: planOf(stage, eventId ?? ''), ...load }),
  };
}

async function startEcho(stage: Stage, queue: QueueStage): Promise<Side> {
  const eventId = newEventId();
  await queue.openSale(eventId);
  await queue.database.client.query('UPDATE sales SET issued = $2 WHERE event_id = $1', [
    eventId,
    numberedPeople,
  ]);
  const plan = planOf(stage, eventId);
  const answer = await sampleOf(queue.server.port, plan, 200);
  const bare = await stage.startServer('bare-join', 'load/bench/servers/bare-answer.ts', {
    ANSWER: JSON.stringify(answer),
  });
  return {
    name: 'bare node:http echo',
    servers: [bare],
    measure: () => stage.client.run({ port: bare.port, plan: { ...plan, isOnce: false }, ...load }),
  };
}
