import { readPaymentFigures } from '@urr/contracts/payment.ts';
import { requireOwner } from '@urr/platform/ownership.ts';
import { recentAnswers } from '@urr/platform/recent-answers.ts';
import { serve, type ServeDeps } from '@urr/platform/serve.ts';
import type { OwnerOf } from './event-owners.ts';
import type { FigureStore } from './store.ts';

const defaultMinutes = 10;
const recently = { ageMs: 2_000, most: 200 };

/** Registers what an organiser sees of the payments of their own event. */
export function addFigureRoutes(
  server: ServeDeps,
  { figures, ownerOf }: { readonly figures: FigureStore; readonly ownerOf: OwnerOf },
): void {
  const figuresOf = recentAnswers((key) => {
    const [minutes, eventId = ''] = key.split(' ');
    return readFigures(figures, eventId, Number(minutes));
  }, recently);
  serve(server, readPaymentFigures, async ({ params, query, account, reply }) => {
    const eventId = params.eventId.toLowerCase();
    requireOwner(account, await ownerOf(eventId));
    const minutes = query.minutes ?? defaultMinutes;
    reply.header('cache-control', 'no-store');
    return { eventId, minutes, ...(await figuresOf(`${minutes} ${eventId}`)) };
  });
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
