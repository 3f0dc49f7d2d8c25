import 'server-only';
import { getArtist } from '@urr/contracts/catalog.ts';
import type { ArtistView } from '@urr/contracts/catalog-shapes.ts';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { serverCall } from '../../api/server-call.ts';

/** An artist for the page about them: the page of a missing one says so; any other refusal is the page's error. */
export const readArtist = cache(async (slug: string): Promise<ArtistView> => {
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(slug) || slug.length > 80) notFound();
  const result = await serverCall(getArtist, { params: { slug } });
  if (result.ok) return result.body;
  if (result.problem.code === 'artist-not-found') notFound();
  throw new Error(`The artist could not be read: ${result.problem.code}`);
});
