import 'server-only';
import type { CallInput, CallResult } from '@urr/contracts/call-route.ts';
import { listEvents } from '@urr/contracts/catalog.ts';
import { keepBriefly } from '../../api/keep-briefly.ts';
import { serverCall } from '../../api/server-call.ts';
import type { Locale } from '../../i18n/routing.ts';

/** Lists events for a page; the same list for many readers is read once a second. */
export function findEvents(
  query: NonNullable<CallInput<typeof listEvents>['query']>,
): Promise<CallResult<typeof listEvents>> {
  return keepBriefly(
    `events ${JSON.stringify(query)}`,
    1_000,
    () => serverCall(listEvents, { query }),
    ({ ok }) => ok,
  );
}

/** Cities there are shows in, for a choice; empty when nobody can say. */
export async function findCities(locale: Locale): Promise<readonly string[]> {
  const result = await keepBriefly(
    'cities',
    30_000,
    () => serverCall(listEvents, { query: { limit: 100 } }),
    ({ ok }) => ok,
  );
  if (!result.ok) return [];
  const names = new Set(result.body.events.map((event) => event.venue.city[locale]).filter(Boolean));
  return [...names].sort((a, b) => a.localeCompare(b, locale));
}
