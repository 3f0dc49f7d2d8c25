import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { cookies, headers } from 'next/headers';
import type { ReactNode } from 'react';
import { webConfig } from '../../../../../server/config.ts';
import { signedInCookie } from '../../../../api/session.ts';
import { formatMoment, formatWon } from '../../../../design/format.ts';
import { nonceOf } from '../../../../design/page-nonce.ts';
import { EventUnavailable } from '../../../../features/event/event-unavailable.tsx';
import { EventView } from '../../../../features/event/event-view.tsx';
import { readEvent } from '../../../../features/event/read-event.ts';
import { scriptJson, structuredEvent } from '../../../../features/event/structured-event.ts';
import { alternatesOf } from '../../../../i18n/alternates.ts';
import { requireLocale } from '../../../../i18n/require-locale.ts';
import { localePath } from '../../../../i18n/routing.ts';

interface Props {
  readonly params: Promise<{ locale: string; slug: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale: asked, slug } = await params;
  const locale = requireLocale(asked);
  const [event, t] = await Promise.all([readEvent(slug), getTranslations('event.meta')]);
  if (event === undefined) return { robots: { index: false } };
  const title = event.title[locale];
  const about = {
    artist: event.artist.name[locale],
    venue: event.venue.name[locale],
    date: formatMoment(event.startsAt, locale),
  };
  const description =
    event.minPrice === null
      ? t('descriptionWithoutPrice', about)
      : t('description', { ...about, price: formatWon(event.minPrice, locale) });
  const alternates = alternatesOf(locale, `/events/${event.slug}`);
  return {
    title,
    description,
    alternates,
    openGraph: {
      type: 'website',
      siteName: 'URR',
      locale: locale === 'ko' ? 'ko_KR' : 'en_GB',
      title,
      description,
      url: alternates.canonical,
    },
    twitter: { card: 'summary_large_image', title, description },
  };
}

export default async function EventPage({ params }: Props): Promise<ReactNode> {
  const { locale: asked, slug } = await params;
  const locale = requireLocale(asked);
  const [event, jar, sent] = await Promise.all([readEvent(slug), cookies(), headers()]);
  if (event === undefined) return <EventUnavailable slug={slug} />;
  const page = webConfig().WEB_PUBLIC_ORIGIN + localePath(locale, `/events/${event.slug}`);
  const described = structuredEvent(event, locale, { page, image: `${page}/opengraph-image` });
  return (
    <>
      <script
        type="application/ld+json"
        nonce={nonceOf(sent.get('content-security-policy'))}
        dangerouslySetInnerHTML={{ __html: scriptJson(described) }}
      />
      <EventView event={event} locale={locale} isSignedIn={jar.has(signedInCookie)} />
    </>
  );
}
