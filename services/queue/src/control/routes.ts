import {
  type ControlRoom,
  controlLine,
  readControlAudit,
  readControlHistory,
  readControlRoom,
} from '@urr/contracts/queue-control.ts';
import type { Account } from '@urr/platform/identity.ts';
import { requireOwner } from '@urr/platform/ownership.ts';
import { Problem } from '@urr/platform/problem.ts';
import { serve } from '@urr/platform/serve.ts';
import type { Deps } from '../deps.ts';
import { readSale } from '../line/find-sale.ts';
import type { LiveSale } from '../line/live-sales.ts';
import { applyControl } from './line-control.ts';
import { readAudit } from './store.ts';

type ControlDeps = Pick<Deps, 'serve' | 'store' | 'live' | 'db'>;

export function serveControl(deps: ControlDeps): void {
  serve(deps.serve, controlLine, async ({ params, body, account, request }) => {
    const eventId = params.eventId.toLowerCase();
    const { sale } = await readOwnSale(deps, eventId, account);
    if (sale.phase === 'ended' || sale.phase === 'cancelled') throw new Problem('sale-closed');
    const actor = { accountId: account.accountId, action: `line.${body.action}`, requestId: request.id };
    await deps.store.changeSettings(eventId, actor, (locked) => applyControl(locked, body));
    return controlRoom(deps, await readSale(deps, eventId));
  });
  serve(deps.serve, readControlRoom, async ({ params, account, reply }) => {
    reply.header('cache-control', 'no-store');
    return controlRoom(deps, await readOwnSale(deps, params.eventId.toLowerCase(), account));
  });
  serve(deps.serve, readControlAudit, async ({ params, query, account }) => {
    const eventId = params.eventId.toLowerCase();
    await readOwnSale(deps, eventId, account);
    return { entries: await readAudit(deps.db, eventId, query) };
  });
  serve(deps.serve, readControlHistory, async ({ params, account }) => {
    const eventId = params.eventId.toLowerCase();
    await readOwnSale(deps, eventId, account);
    const moments = deps.live.history(eventId);
    return { samples: moments.map(({ seenAt, ...numbers }) => ({ at: seenAt.toISOString(), ...numbers })) };
  });
}

// Whose event it is comes from catalog with the schedule. Schedules are public, so another's is no secret but forbidden.
async function readOwnSale(deps: ControlDeps, eventId: string, account: Account): Promise<LiveSale> {
  const live = await readSale(deps, eventId);
  requireOwner(account, live.sale.ownerId);
  return live;
}

async function controlRoom(deps: ControlDeps, { sale, bearable }: LiveSale): Promise<ControlRoom> {
  const figures = await deps.store.readFigures(sale.eventId);
  const { checkout } = sale;
  return {
    eventId: sale.eventId,
    now: sale.seenAt.toISOString(),
    phase: sale.phase,
    lobbyOpensAt: sale.lobbyOpensAt.toISOString(),
    opensAt: sale.opensAt.toISOString(),
    endsAt: sale.endsAt.toISOString(),
    capacity: sale.capacity,
    ratePerSecond: sale.ratePerSecond,
    threshold: sale.threshold,
    isPaused: sale.isPaused,
    isDraining: sale.isDraining,
    notice: sale.notice,
    issued: sale.issued,
    serving: sale.serving,
    waiting: sale.issued - sale.serving,
    active: sale.active,
    ...figures,
    effectiveRate: Math.min(sale.ratePerSecond, bearable ?? sale.ratePerSecond),
    checkout:
      checkout === null
        ? null
        : { p95Ms: checkout.p95Ms, failureShare: checkout.failureShare, ageSeconds: checkout.ageSeconds },
  };
}
