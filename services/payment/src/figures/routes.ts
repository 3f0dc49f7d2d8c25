import { readPaymentFigures } from '@urr/contracts/payment.ts';
import { requireOwner } from '@urr/platform/ownership.ts';
import { Problem } from '@urr/platform/problem.ts';
import { recentAnswers } from '@urr/platform/recent-answers.ts';
import { serve, type ServeDeps } from '@urr/platform/serve.ts';
import type { Tickets } from '../tickets.ts';
import type { FigureStore } from './store.ts';

const defaultMinutes = 10;
const recently = { ageMs: 2_000, most: 200 };
// An owner never changes.
const lately = { ageMs: 60_000, most: 1_000 };

/** Registers what an organiser sees of the payments of their own event. */
export function serveFigures(
  server: ServeDeps,
  { figures, tickets }: { readonly figures: FigureStore; readonly tickets: Pick<Tickets, 'ownerOf'> },
): void {
  const figuresOf = recentAnswers((key) => {
    const [minutes, eventId = ''] = key.split(' ');
    return readFigures(figures, eventId, Number(minutes));
  }, recently);
  const ownerOf = recentAnswers((eventId) => readOwner(tickets, eventId), lately);
  serve(server, readPaymentFigures, async ({ params, query, account, reply }) => {
    const eventId = params.eventId.toLowerCase();
    requireOwner(account, await ownerOf(eventId));
    const minutes = query.minutes ?? defaultMinutes;
    reply.header('cache-control', 'no-store');
    return { eventId, minutes, ...(await figuresOf(`${minutes} ${eventId}`)) };
  });
}

/** Whose event it is, as ticket-service says. Refuses an unknown event, and (503) what cannot be known now. */
async function readOwner(tickets: Pick<Tickets, 'ownerOf'>, eventId: string): Promise<string> {
  const answer = await tickets.ownerOf(eventId);
  if (answer.kind === 'refused') throw new Problem(answer.code);
  if (answer.kind === 'unknown') throw new Problem('upstream-unavailable', { retryAfter: 1 });
  return answer.value.ownerId;
}

async function readFigures(figures: FigureStore, eventId: string, minutes: number) {
  const [sums, perMinute] = await Promise.all([
    figures.sums(eventId, minutes),
    figures.perMinute(eventId, minutes),
  ]);
  const { now, p50Ms, p95Ms, ...counts } = sums;
  return {
    now: now.toISOString(),
    ...counts,
    confirm: p50Ms === null || p95Ms === null ? null : { p50Ms, p95Ms },
    perMinute: perMinute.map(({ at, ...minute }) => ({ at: at.toISOString(), ...minute })),
  };
}
