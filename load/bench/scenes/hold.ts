import { waitUntil } from '@urr/testkit/wait-until.ts';
import { reserveSeats } from '@urr/contracts/ticket.ts';
import type { PlannedBody, RequestPlan } from '../client/request-plan.ts';
import { compare, type Side } from '../measure/compare.ts';
import { sample, sampleOf } from '../stage/fan.ts';
import type { Stage } from '../stage/stage.ts';
import { startTickets, type TicketStage } from '../stage/ticket.ts';
import { ratioFigure, requireSameSize, type Scene } from './scene.ts';

const buyers = 256;
const load = { connections: buyers, rampMs: 300, durationMs: 2_000 };
const pairsPrepared = 24_000;
const triesPrepared = 48_000;
const hotSeat = 0;
/** What one account may hold is four seats: winners take two so many times, losers ask for two so many times. */
const requestsEach = 2;

/** Holding seats: shared commits against one commit each, every hold a new account's; and losing against winning. */
export const holdScene: Scene = {
  keys: ['holdVsCommitPerHold', 'loserVsWinner'],
  play: async (stage, keys, report) => {
    const { service, reference } = await startTickets(stage);
    if (keys.includes('holdVsCommitPerHold')) {
      const sides = [
        pairs(stage, service, 'shared commits'),
        pairs(stage, reference, 'one commit per hold'),
      ] as const;
      const comparison = await compare(...sides, stage.options.rounds);
      report('holdVsCommitPerHold', ratioFigure(requireSameSize(comparison)));
    }
    if (keys.includes('loserVsWinner')) {
      const sides = [losers(stage, service), winners(stage, service)] as const;
      report('loserVsWinner', ratioFigure(await compare(...sides, stage.options.rounds)));
    }
  },
};

function planOf(
  stage: Stage,
  eventId: string,
  count: number,
  body: PlannedBody,
  requestsEach = 1,
): RequestPlan {
  return {
    method: 'POST',
    path: reserveSeats.path,
    count,
    isOnce: true,
    accounts: { jwtSecret: stage.secrets.jwt, requestsEach },
    entry: { secret: stage.secrets.entry, eventId },
    body,
  };
}

/** Holds of two seats for one of so many clients at once, each with seats of its own. */
export function holdPlan(
  stage: Stage,
  eventId: string,
  { part, parts }: { readonly part: number; readonly parts: number },
): RequestPlan {
  const count = Math.floor(pairsPrepared / parts);
  const seats = { seatsEach: 2, firstSeat: part * count * 2 };
  return planOf(stage, eventId, count, { kind: 'own-seats', eventId, ...seats });
}

function pairs(stage: Stage, { server, eventId, reset }: TicketStage, name: string): Side {
  const plan = planOf(stage, eventId, pairsPrepared, { kind: 'own-seats', eventId, seatsEach: 2 });
  const measure = () => stage.client.run({ port: server.port, plan, expectedStatus: 201, ...load });
  return { name, servers: [server], prepare: reset, measure };
}

function winners(stage: Stage, { server, eventId, reset }: TicketStage): Side {
  const plan = planOf(
    stage,
    eventId,
    pairsPrepared,
    { kind: 'own-seats', eventId, seatsEach: 2 },
    requestsEach,
  );
  const measure = () => stage.client.run({ port: server.port, plan, expectedStatus: 201, ...load });
  return { name: 'accepted, two seats each', servers: [server], prepare: reset, measure };
}

function losers(stage: Stage, { server, eventId, reset }: TicketStage): Side {
  const plan = planOf(
    stage,
    eventId,
    triesPrepared,
    { kind: 'hot-and-own-seat', eventId, hotSeat },
    requestsEach,
  );
  const prepare = async () => {
    await reset();
    await sampleOf(server.port, plan, 201);
    const isTaken = async () => {
      const answer = await sample(server.port, plan);
      return answer.status === 409 && answer.body.includes('"seats-taken"');
    };
    await waitUntil(isTaken, { what: 'a refusal of the hot seat' });
  };
  const measure = () => stage.client.run({ port: server.port, plan, expectedStatus: 409, ...load });
  return { name: 'refused, one of two hot', servers: [server], prepare, measure };
}
