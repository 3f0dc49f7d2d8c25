import 'server-only';
import { getEvent } from '@urr/contracts/catalog.ts';
import type { EventDetail } from '@urr/contracts/catalog-shapes.ts';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { keepBriefly } from '../../api/keep-briefly.ts';
import { serverCall } from '../../api/server-call.ts';

/** Slugs, and the ids that stand in some links. */
const addressPattern = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** An event for a page that is about it; undefined when nobody could be asked. The page of a missing one says so. */
export const readEvent = cache(async (slug: string): Promise<EventDetail | undefined> => {
  if (!addressPattern.test(slug) || slug.length > 80) notFound();
  const result = await keepBriefly(
    `event ${slug}`,
    1_000,
    () => serverCall(getEvent, { params: { eventId: slug } }),
    ({ ok }) => ok,
  );
  if (result.ok) return result.body;
  if (result.problem.code === 'event-not-found') notFound();
  return undefined;
});
