import 'server-only';
import { listEvents } from '@urr/contracts/catalog.ts';
import { callRoute } from '@urr/contracts/call-route.ts';
import { webConfig } from '../../../server/config.ts';
import { keepBriefly } from '../../api/keep-briefly.ts';
import { stateChoices } from './event-search.ts';

/** Addresses of a site map, each in two languages: it may hold 50,000. */
const most = 20_000;

/** The pages search engines should know: home, search, every show and every artist. Read anew every ten minutes. */
export function listIndexedPaths(): Promise<readonly string[]> {
  return keepBriefly('site map', 600_000, readPaths, (paths) => paths.length > 2);
}

async function readPaths(): Promise<readonly string[]> {
  const paths = new Set<string>(['/', '/search']);
  let cursor: string | null = null;
  do {
    const page = await readPage(cursor);
    // Half a map is better than none, and tells no lies.
    if (!page.ok) break;
    for (const { slug, artist } of page.body.events)
      paths.add(`/events/${slug}`).add(`/artists/${artist.slug}`);
    cursor = page.body.nextCursor;
  } while (cursor !== null && paths.size < most);
  return [...paths];
}

function readPage(cursor: string | null) {
  const query = {
    state: stateChoices.all,
    sort: 'newest' as const,
    limit: 100,
    ...(cursor !== null && { cursor }),
  };
  // No page is rendered, so there is no language to answer in.
  return callRoute(listEvents, { query }, { baseUrl: webConfig().GATEWAY_SERVICE_URL, deadlineMs: 4_000 });
}
