import {
  type ControlRoom,
  controlLine,
  readControlAudit,
  readControlRoom,
} from '@urr/contracts/queue-control.ts';
import { Problem } from '@urr/platform/problem.ts';
import { serve } from '@urr/platform/serve.ts';
import type { Deps } from '../deps.ts';
import { readSale } from '../line/find-sale.ts';
import { applyControl } from './line-control.ts';
import { readAudit } from './store.ts';

type ControlDeps = Pick<Deps, 'serve' | 'store' | 'live' | 'db'>;

export function serveControl(deps: ControlDeps): void {
  serve(deps.serve, controlLine, async ({ params, body, account, request }) => {
    const eventId = params.eventId.toLowerCase();
    const { sale } = await readSale(deps, eventId);
    if (sale.phase === 'ended' || sale.phase === 'cancelled') throw new Problem('sale-closed');
    const actor = { accountId: account.accountId, action: `line.${body.action}`, requestId: request.id };
    await deps.store.changeSettings(eventId, actor, (locked, now) => applyControl(locked, body, now));
    return controlRoom(deps, eventId);
  });
  serve(deps.serve, readControlRoom, ({ params, reply }) => {
    reply.header('cache-control', 'no-store');
    return controlRoom(deps, params.eventId.toLowerCase());
  });
  serve(deps.serve, readControlAudit, async ({ params, query }) => {
    const eventId = params.eventId.toLowerCase();
    await readSale(deps, eventId);
    return { entries: await readAudit(deps.db, eventId, query) };
  });
}

async function controlRoom(deps: ControlDeps, eventId: string): Promise<ControlRoom> {
  const { sale, bearable } = await readSale(deps, eventId);
  const figures = await deps.store.readFigures(eventId);
  const { checkout } = sale;
  return {
    eventId,
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
