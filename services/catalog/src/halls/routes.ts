import { getHall, importHall as importHallRoute, listHalls } from '@urr/contracts/catalog.ts';
import type { HallView } from '@urr/contracts/catalog-shapes.ts';
import { Problem } from '@urr/platform/problem.ts';
import { type ServeDeps, serve } from '@urr/platform/serve.ts';
import { actorOf } from '../actor.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import type { Deps } from '../deps.ts';
import { importHall, previewHall } from './import-hall.ts';
import { findHallWithLayout, type HallWithLayout, listHallsAfter } from './store.ts';

/** A hall of 100,000 places takes some 100 MB while it is read. */
const filesAtOnce = 8;

export function serveHalls(server: ServeDeps, deps: Pick<Deps, 'db'>): void {
  let filesInHand = 0;
  serve(server, importHallRoute, async ({ account, body, query, request }) => {
    if (filesInHand >= filesAtOnce) throw new Problem('overloaded', { retryAfter: 2 });
    filesInHand += 1;
    try {
      const actor = actorOf(account, request);
      return await (query.dryRun === true ? previewHall(deps, actor, body) : importHall(deps, actor, body));
    } finally {
      filesInHand -= 1;
    }
  });
  serve(server, getHall, async ({ params, reply }) => {
    const hall = await findHallWithLayout(deps.db, { id: params.hallId });
    if (hall === undefined) throw new Problem('hall-not-found');
    reply.header('cache-control', 'public, max-age=10');
    return viewOf(hall);
  });
  serve(server, listHalls, async ({ query }) => {
    const limit = query.limit ?? 20;
    const [after = ''] = readCursor(query.cursor, ['string']) ?? [];
    const halls = await listHallsAfter(deps.db, after, limit + 1);
    const page = halls.slice(0, limit);
    const last = halls.length > limit ? page.at(-1) : undefined;
    return { halls: page.map(viewOf), nextCursor: last === undefined ? null : writeCursor([last.slug]) };
  });
}

function viewOf(hall: HallWithLayout): HallView {
  return {
    hallId: hall.id,
    slug: hall.slug,
    name: { ko: hall.name_ko, en: hall.name_en },
    layoutId: hall.layout_id,
    version: hall.version,
    seats: hall.seat_count,
    grades: [...hall.grades],
  };
}
