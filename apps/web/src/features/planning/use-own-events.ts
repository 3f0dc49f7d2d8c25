'use client';

import { listEvents } from '@urr/contracts/catalog.ts';
import type { EventSummary } from '@urr/contracts/catalog-shapes.ts';
import type { QueryOf } from '@urr/contracts/route-contract.ts';
import { call } from '../../api/call.ts';
import { Refused } from '../../api/queries.tsx';
import { type ListPart, useMore } from './use-more.ts';

/** What of the own events is asked for. */
export type OwnEventsQuery = Pick<QueryOf<typeof listEvents>, 'q' | 'state' | 'sort' | 'limit'>;

/** The organiser's events, page by page; an admin's are everybody's. */
export function useOwnEvents(query: OwnEventsQuery) {
  return useMore(['own-events', query], async (cursor): Promise<ListPart<EventSummary>> => {
    const asked = { ...query, mine: true, ...(cursor === undefined ? {} : { cursor }) };
    const result = await call(listEvents, { query: asked });
    if (!result.ok) throw new Refused(result.problem);
    return { items: result.body.events, next: result.body.nextCursor ?? undefined };
  });
}
