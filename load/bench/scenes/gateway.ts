import { listMyReservations } from '@urr/contracts/ticket.ts';
import type { RequestPlan } from '../client/request-plan.ts';
import { compare, type Side } from '../measure/compare.ts';
import type { ServerProcess } from '../servers/server-process.ts';
import { sampleOf } from '../stage/fan.ts';
import { ratioFigure, type Scene } from './scene.ts';

const load = { connections: 64, expectedStatus: 200, rampMs: 400, durationMs: 2_000 };
const signedIn = 1_000;

/** An authenticated GET through the gateway and through a proxy that checks nothing, both before the same upstream. */
export const gatewayScene: Scene = {
  keys: ['gatewayVsProxy'],
  play: async (stage, _keys, report) => {
    const upstream = await stage.startServer('upstream', 'load/bench/servers/bare-answer.ts', {
      ANSWER: JSON.stringify(upstreamAnswer()),
    });
    const gateway = await stage.startServer('gateway', 'services/gateway/src/main.ts', {
      TICKET_SERVICE_URL: upstream.url,
      // The limits stay on and count; only nobody here reaches them.
      RATE_LIMIT_GENERAL_PER_MINUTE: '60000000',
    });
    const proxy = await stage.startServer('plain-proxy', 'load/bench/servers/plain-proxy.ts', {
      UPSTREAM_URL: upstream.url,
    });
    const plan: RequestPlan = {
      method: 'GET',
      path: listMyReservations.path,
      count: signedIn,
      isOnce: false,
      accounts: { jwtSecret: stage.secrets.jwt },
    };
    await requireSameBody(plan, gateway, proxy);
    const side = (name: string, server: ServerProcess): Side => ({
      name,
      servers: [server, upstream],
      measure: () => stage.client.run({ port: server.port, plan, ...load }),
    });
    const sides = [side('gateway', gateway), side('@fastify/http-proxy', proxy)] as const;
    report('gatewayVsProxy', ratioFigure(await compare(...sides, stage.options.rounds)));
  },
};

function upstreamAnswer() {
  const reservation = {
    reservationId: '019a9f3e-6f4a-7c1e-9a53-6d1b0c7f2a11',
    eventId: '019a9f3e-6f4a-7c1e-9a53-6d1b0c7f2a12',
    state: 'pending',
    quantity: 2,
    amount: 308_000,
    createdAt: '2026-05-02T11:00:00.000Z',
    expiresAt: '2026-05-02T11:07:00.000Z',
    pinned: false,
    seats: [4, 5].map((seatId) => ({
      seatId,
      section: 'A',
      row: '1',
      seat: String(seatId),
      grade: 'R',
      price: 154_000,
    })),
    places: [],
  };
  const body = JSON.stringify({ reservations: [reservation, reservation] });
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
  };
  return { status: 200, headers, body };
}

async function requireSameBody(
  plan: RequestPlan,
  gateway: ServerProcess,
  proxy: ServerProcess,
): Promise<void> {
  const checked = await sampleOf(gateway.port, plan, 200);
  const plain = await sampleOf(proxy.port, plan, 200);
  if (checked.body !== plain.body) throw new Error('The gateway and the proxy do not answer the same body');
  const { accounts: _accounts, ...anonymous } = plan;
  await sampleOf(gateway.port, anonymous, 401);
}
