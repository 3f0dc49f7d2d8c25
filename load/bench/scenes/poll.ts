import { readLineState } from '@urr/contracts/queue.ts';
import type { RequestPlan } from '../client/request-plan.ts';
import { compare, type Side } from '../measure/compare.ts';
import { startStandInCatalog } from '../stage/catalog.ts';
import { newEventId, sampleOf } from '../stage/fan.ts';
import { fillLine, type QueueStage, startQueue } from '../stage/queue.ts';
import type { Stage } from '../stage/stage.ts';
import type { ServerProcess } from '../servers/server-process.ts';
import { shareCore } from '../servers/share-core.ts';
import { ratioFigure, requireSameSize, type Scene } from './scene.ts';

const connections = 64;
/** Many short looks in turn: a noisy machine changes its speed every few seconds, and the floors are tight. */
const load = { rampMs: 150, durationMs: 500 };
const turns = 6;

/** Polling the state of a line. Each line has its own service and database, or the long one would slow both alike. */
export const pollScene: Scene = {
  keys: ['pollVsBareHttp', 'pollMillionVsThousand'],
  play: async (stage, keys, report) => {
    const catalog = await startStandInCatalog(stage.cleanup);
    const thousand = await lineOf(stage, await startQueue(stage, catalog, 'queue_thousand'), 1_000);
    if (keys.includes('pollVsBareHttp')) {
      const bare = await startBare(stage, thousand);
      shareCore([thousand.server, bare.server]);
      const comparison = await compare(thousand.side, bare.side, stage.options.rounds, turns);
      report('pollVsBareHttp', ratioFigure(requireSameSize(comparison)));
    }
    if (keys.includes('pollMillionVsThousand')) {
      const million = await lineOf(stage, await startQueue(stage, catalog, 'queue_million'), 1_000_000);
      shareCore([million.server, thousand.server]);
      const comparison = await compare(million.side, thousand.side, stage.options.rounds, turns);
      report('pollMillionVsThousand', ratioFigure(requireSameSize(comparison)));
    }
  },
};

interface PolledLine {
  readonly plan: RequestPlan;
  readonly server: ServerProcess;
  readonly side: Side;
}

async function lineOf(stage: Stage, queue: QueueStage, people: number): Promise<PolledLine> {
  const eventId = newEventId();
  await queue.openSale(eventId);
  stage.tell(`putting ${people.toLocaleString('en')} people in line`);
  await fillLine(queue.database, eventId, people);
  const path = readLineState.path.replace(':eventId', eventId);
  const plan: RequestPlan = { method: 'GET', path, count: 1, isOnce: false };
  const name = `${people.toLocaleString('en')} in line`;
  return { plan, server: queue.server, side: sideOf(stage, name, queue.server, plan) };
}

async function startBare(stage: Stage, line: PolledLine): Promise<Pick<PolledLine, 'server' | 'side'>> {
  const answer = await sampleOf(line.server.port, line.plan, 200);
  const bare = await stage.startServer('bare-poll', 'load/bench/servers/bare-answer.ts', {
    ANSWER: JSON.stringify(answer),
  });
  return { server: bare, side: sideOf(stage, 'bare node:http', bare, line.plan) };
}

function sideOf(stage: Stage, name: string, server: ServerProcess, plan: RequestPlan): Side {
  const job = { port: server.port, connections, plan, expectedStatus: 200, ...load };
  return { name, servers: [server], measure: () => stage.client.run(job) };
}
