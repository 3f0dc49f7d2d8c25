import { getEvent, listEvents } from '@urr/contracts/catalog.ts';
import type { EventDetail, EventState } from '@urr/contracts/catalog-shapes.ts';
import type { QueryOf } from '@urr/contracts/route-contract.ts';
import type { Account } from '@urr/platform/identity.ts';
import { Problem } from '@urr/platform/problem.ts';
import { optionalAccount, type ServeDeps, serve } from '@urr/platform/serve.ts';
import { BriefCache } from '../brief-cache.ts';
import type { Deps } from '../deps.ts';
import { readFilterInstant } from './event-time.ts';
import { type EventPage, type EventSearch, findEvents } from './find-events.ts';
import { showEvent } from './show-event.ts';

type ListQuery = QueryOf<typeof listEvents>;

const shownByDefault: readonly EventState[] = ['upcoming', 'on_sale', 'sold_out'];
const everyState: readonly EventState[] = ['draft', ...shownByDefault, 'ended', 'cancelled'];
const cacheSize = { lifetimeMs: 1_000, mostEntries: 500 };
const sharedForASecond = 'public, max-age=1';

export function serveEvents(server: ServeDeps, deps: Pick<Deps, 'db' | 'stock'>): void {
  const pages = new BriefCache<EventPage>(cacheSize);
  const details = new BriefCache<EventDetail>(cacheSize);
  serve(server, listEvents, async ({ query, request, reply }) => {
    const search = searchOf(query, optionalAccount(request));
    if (search.owner !== 'published') {
      reply.header('cache-control', 'private, no-store');
      return findEvents(deps, search);
    }
    reply.header('cache-control', sharedForASecond);
    return pages.get(JSON.stringify(search), () => findEvents(deps, search));
  });
  serve(server, getEvent, async ({ params, request, reply }) => {
    const account = optionalAccount(request);
    if (account !== undefined && account.role !== 'fan') {
      reply.header('cache-control', 'private, no-store');
      return showEvent(deps, params.eventId, account);
    }
    const event = await details.get(params.eventId, () => showEvent(deps, params.eventId, undefined));
    reply.header('cache-control', sharedForASecond);
    return event;
  });
}

function searchOf(query: ListQuery, account: Account | undefined): EventSearch {
  const isMine = query.mine === true;
  return {
    words: query.q?.trim().split(/\s+/) ?? [],
    states:
      query.state === undefined
        ? isMine
          ? everyState
          : shownByDefault
        : (query.state.split(',') as EventState[]),
    artist: query.artist,
    city: query.city?.trim(),
    from: filterInstant(query.from, 'from'),
    to: filterInstant(query.to, 'to'),
    order: query.sort ?? 'startsAt',
    cursor: query.cursor,
    limit: query.limit ?? 20,
    owner: isMine ? ownerOf(account) : 'published',
  };
}

function ownerOf(account: Account | undefined): EventSearch['owner'] {
  if (account === undefined) throw new Problem('unauthenticated');
  if (account.role === 'fan') throw new Problem('forbidden');
  return account.role === 'admin' ? 'all' : { accountId: account.accountId };
}

function filterInstant(text: string | undefined, name: 'from' | 'to'): Date | undefined {
  if (text === undefined) return undefined;
  const instant = readFilterInstant(text, name === 'from' ? 'start' : 'end');
  if (instant !== undefined) return instant;
  throw new Problem('invalid-input', {
    data: { errors: [{ path: `querystring/${name}`, message: 'is not an instant with offset or a date' }] },
  });
}
