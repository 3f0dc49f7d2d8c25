'use client';

import { listEvents } from '@urr/contracts/catalog.ts';
import type { HallView } from '@urr/contracts/catalog-shapes.ts';
import { readSeatLayout } from '@urr/contracts/ticket-reads.ts';
import { call } from '../../api/call.ts';
import { Refused, useRead } from '../../api/queries.tsx';
import type { HallPreview } from './hall-preview.ts';
import { previewOfLayout } from './layout-preview.ts';

/** The seats of one version of a hall. */
interface HallLayout {
  readonly version: number;
  readonly preview: HallPreview;
}

/** Events whose layout is looked at: the newest of a hall are the likeliest to have its newest seats. */
const mostLooks = 3;
const published = 'upcoming,on_sale,sold_out,ended,cancelled';

/** A hall's seats, read from an event that sells them; `null` while no event does. */
export function useHallLayout(hall: HallView) {
  return useRead<HallLayout | null, Refused>({
    queryKey: ['hall-layout', hall.layoutId],
    queryFn: () => readHallLayout(hall),
  });
}

async function readHallLayout(hall: HallView): Promise<HallLayout | null> {
  const query = { state: published, sort: 'newest', limit: 100 } as const;
  const listed = await call(listEvents, { query });
  if (!listed.ok) throw new Refused(listed.problem);
  const here = listed.body.events.filter(({ venue }) => venue.hallId === hall.hallId).slice(0, mostLooks);
  let older: HallLayout | null = null;
  for (const { eventId } of here) {
    const result = await call(readSeatLayout, { params: { eventId }, query: {} });
    if (!result.ok) continue;
    const found = { version: result.body.layoutVersion, preview: previewOfLayout(result.body) };
    if (result.body.layoutId === hall.layoutId) return found;
    older ??= found;
  }
  return older;
}
