import { readSaleFigures } from '@urr/contracts/ticket-figures.ts';
import { requireOwner } from '@urr/platform/ownership.ts';
import { recentAnswers } from '@urr/platform/recent-answers.ts';
import { serve } from '@urr/platform/serve.ts';
import type { Deps } from '../deps.ts';
import { findEvent } from '../live/find-event.ts';
import { gradeFigures } from './grade-figures.ts';
import { countReservations } from './store.ts';

const recently = { ageMs: 2_000, most: 200 };

/** Registers what an organiser sees of the sale of their own event. */
export function serveFigures(deps: Pick<Deps, 'serve' | 'live' | 'pool'>): void {
  const countsOf = recentAnswers((eventId) => countReservations(deps.pool, eventId), recently);
  serve(deps.serve, readSaleFigures, async ({ params, account, reply }) => {
    const live = await findEvent(deps, params.eventId);
    const { eventId, ownerId } = live.sale;
    requireOwner(account, ownerId);
    const counts = await countsOf(eventId);
    const nowMs = deps.live.clock.nowMs();
    reply.header('cache-control', 'no-store');
    return { eventId, now: new Date(nowMs).toISOString(), grades: gradeFigures(live, nowMs), ...counts };
  });
}
