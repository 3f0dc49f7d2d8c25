import { getArtist, listArtists } from '@urr/contracts/catalog.ts';
import type { ArtistView } from '@urr/contracts/catalog-shapes.ts';
import { Problem } from '@urr/platform/problem.ts';
import { type ServeDeps, serve } from '@urr/platform/serve.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import type { Deps } from '../deps.ts';
import { type Artist, findArtist, listArtistsAfter } from './store.ts';

export function serveArtists(server: ServeDeps, deps: Pick<Deps, 'db'>): void {
  serve(server, getArtist, async ({ params, reply }) => {
    const artist = await findArtist(deps.db, params.slug);
    if (artist === undefined) throw new Problem('artist-not-found');
    reply.header('cache-control', 'public, max-age=10');
    return viewOf(artist);
  });
  serve(server, listArtists, async ({ query, reply }) => {
    const limit = query.limit ?? 20;
    const [after = ''] = readCursor(query.cursor, ['string']) ?? [];
    const artists = await listArtistsAfter(deps.db, query.q, after, limit + 1);
    const page = artists.slice(0, limit);
    const last = artists.length > limit ? page.at(-1) : undefined;
    reply.header('cache-control', 'public, max-age=10');
    return { artists: page.map(viewOf), nextCursor: last === undefined ? null : writeCursor([last.slug]) };
  });
}

function viewOf(artist: Artist): ArtistView {
  return { artistId: artist.id, slug: artist.slug, name: { ko: artist.name_ko, en: artist.name_en } };
}
