import { readLineState } from '@urr/contracts/queue.ts';
import type { RequestPlan } from '../client/request-plan.ts';
import { compareAnew, type Side } from '../measure/compare.ts';
import { type StandInCatalog, startStandInCatalog } from '../stage/catalog.ts';
import { newEventId, sampleOf } from '../stage/fan.ts';
import { fillLine, startQueue, startQueueOver } from '../stage/queue.ts';
import type { Stage } from '../stage/stage.ts';
import type { ServerProcess } from '../servers/server-process.ts';
import { shareCore } from '../servers/share-core.ts';
import { type Figure, ratioFigure, requireSameSize, type Scene } from './scene.ts';

const connections = 64;
/** Short looks in turn: a noisy machine changes its speed every few seconds, and the floors are tight. */
const load = { rampMs: 150, durationMs: 500 };
const turns = 2;
/** Pairs of processes for each round that is asked for: they differ more than looks at one of them, so a tight floor needs many. */
const pairs = { pollVsBareHttp: 1, pollMillionVsThousand: 4 };

/** Polling the state of a line. Each line has its own service and database, or the long one would slow both alike. */
export const pollScene: Scene = {
  keys: ['pollVsBareHttp', 'pollMillionVsThousand'],
  play: async (stage, keys, report) => {
    const catalog = await startStandInCatalog(stage.cleanup);
    const thousand = await makeLine(stage, catalog, 'queue_thousand', 1_000);
    if (keys.includes('pollVsBareHttp'))
      report(
        'pollVsBareHttp',
        await compareServers(stage, thousand, await bareOf(stage, thousand), pairs.pollVsBareHttp),
      );
    if (keys.includes('pollMillionVsThousand')) {
      const million = await makeLine(stage, catalog, 'queue_million', 1_000_000);
      report(
        'pollMillionVsThousand',
        await compareServers(stage, million, thousand, pairs.pollMillionVsThousand),
      );
    }
  },
};

/** Something that answers the same request, by a server of its own that can be started again and again. */
interface Polled {
  readonly name: string;
  readonly plan: RequestPlan;
  readonly start: () => Promise<ServerProcess>;
}

async function compareServers(
  stage: Stage,
  measured: Polled,
  reference: Polled,
  pairsPerRound: number,
): Promise<Figure> {
  const start = async () => {
    const servers = [await measured.start(), await reference.start()] as const;
    shareCore(servers);
    return {
      measured: sideOf(stage, measured, servers[0]),
      reference: sideOf(stage, reference, servers[1]),
      stop: async () => void (await Promise.all(servers.map((server) => server.stop()))),
    };
  };
  const names = [measured.name, reference.name] as const;
  const comparison = await compareAnew(names, start, stage.options.rounds * pairsPerRound, turns);
  return ratioFigure(requireSameSize(comparison));
}

function sideOf(stage: Stage, { name, plan }: Polled, server: ServerProcess): Side {
  const job = { port: server.port, connections, plan, expectedStatus: 200, ...load };
  return { name, servers: [server], measure: () => stage.client.run(job) };
}

async function makeLine(
  stage: Stage,
  catalog: StandInCatalog,
  name: string,
  people: number,
): Promise<Polled> {
  const eventId = newEventId();
  const filling = await startQueue(stage, catalog, name);
  await filling.openSale(eventId);
  stage.tell(`putting ${people.toLocaleString('en')} people in line`);
  await fillLine(filling.database, eventId, people);
  await filling.server.stop();
  const path = readLineState.path.replace(':eventId', eventId);
  return {
    name: `${people.toLocaleString('en')} in line`,
    plan: { method: 'GET', path, count: 1, isOnce: false },
    start: async () => {
      const queue = await startQueueOver(filling.database, stage, catalog, name);
      await queue.openSale(eventId);
      return queue.server;
    },
  };
}

async function bareOf(stage: Stage, line: Polled): Promise<Polled> {
  const server = await line.start();
  const answer = await sampleOf(server.port, line.plan, 200);
  await server.stop();
  return {
    name: 'bare node:http',
    plan: line.plan,
    start: () =>
      stage.startServer('bare-poll', 'load/bench/servers/bare-answer.ts', { ANSWER: JSON.stringify(answer) }),
  };
}
