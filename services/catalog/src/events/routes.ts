import { getEvent, listEvents } from '@urr/contracts/catalog.ts';
import type { EventState } from '@urr/contracts/catalog-shapes.ts';
import type { QueryOf } from '@urr/contracts/route-contract.ts';
import type { Account } from '@urr/platform/identity.ts';
import { Problem } from '@urr/platform/problem.ts';
import { recentAnswers } from '@urr/platform/recent-answers.ts';
import { type ServeDeps, serve } from '@urr/platform/serve.ts';
import type { Deps } from '../deps.ts';
import { readFilterInstant } from './event-time.ts';
import { type EventSearch, findEvents } from './find-events.ts';
import { showEvent } from './show-event.ts';

type ListQuery = QueryOf<typeof listEvents>;

const shownByDefault: readonly EventState[] = ['upcoming', 'on_sale', 'sold_out'];
const everyState: readonly EventState[] = ['draft', ...shownByDefault, 'ended', 'cancelled'];
const forASecond = { ageMs: 1_000, most: 500 };
const sharedForASecond = 'public, max-age=1';

export function serveEvents(server: ServeDeps, deps: Pick<Deps, 'db' | 'stock'>): void {
  // Who asks makes no difference to what is published.
  const pages = recentAnswers(
    (query) => findEvents(deps, searchOf(JSON.parse(query) as ListQuery, undefined)),
    forASecond,
  );
  const details = recentAnswers((eventId) => showEvent(deps, eventId, undefined), forASecond);
  serve(server, listEvents, async ({ query, account, reply }) => {
    if (query.mine === true) {
      reply.header('cache-control', 'private, no-store');
      return findEvents(deps, searchOf(query, account));
    }
    const page = await pages(JSON.stringify(query));
    reply.header('cache-control', sharedForASecond);
    return page;
  });
  serve(server, getEvent, async ({ params, account, reply }) => {
    if (account !== undefined && account.role !== 'fan') {
      reply.header('cache-control', 'private, no-store');
      return showEvent(deps, params.eventId, account);
    }
    const event = await details(params.eventId);
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
