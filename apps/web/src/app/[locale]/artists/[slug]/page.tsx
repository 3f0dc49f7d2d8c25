import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { ArtistPageView } from '../../../../features/discovery/artist-view.tsx';
import { readArtist } from '../../../../features/discovery/read-artist.ts';
import { alternatesOf } from '../../../../i18n/alternates.ts';
import { requireLocale } from '../../../../i18n/require-locale.ts';

interface Props {
  readonly params: Promise<{ locale: string; slug: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale: asked, slug } = await params;
  const locale = requireLocale(asked);
  const [artist, t] = await Promise.all([readArtist(slug), getTranslations('discovery.artist')]);
  const name = artist.name[locale];
  return {
    title: name,
    description: t('description', { name }),
    alternates: alternatesOf(locale, `/artists/${slug}`),
  };
}

export default async function ArtistPage({ params }: Props): Promise<ReactNode> {
  const { locale, slug } = await params;
  return <ArtistPageView locale={requireLocale(locale)} artist={await readArtist(slug)} />;
}
