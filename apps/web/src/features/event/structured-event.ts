import type { EventDetail, EventState } from '@urr/contracts/catalog-shapes.ts';
import type { Locale } from '../../i18n/routing.ts';

/** Addresses structured data names. */
export interface EventAddresses {
  readonly page: string;
  readonly image: string;
}

/** The event as schema.org describes events: what search engines show of it. */
export function structuredEvent(event: EventDetail, locale: Locale, { page, image }: EventAddresses): object {
  const startsAtMs = Date.parse(event.startsAt);
  return {
    '@context': 'https://schema.org',
    '@type': 'Event',
    name: event.title[locale],
    description: event.description[locale],
    inLanguage: locale,
    url: page,
    image: [image],
    startDate: seoulTime(startsAtMs),
    endDate: seoulTime(startsAtMs + event.runningMinutes * 60_000),
    eventStatus: `https://schema.org/${event.state === 'cancelled' ? 'EventCancelled' : 'EventScheduled'}`,
    eventAttendanceMode: 'https://schema.org/OfflineEventAttendanceMode',
    location: {
      '@type': 'Place',
      name: event.venue.name[locale],
      address: {
        '@type': 'PostalAddress',
        streetAddress: event.venue.address[locale],
        addressLocality: event.venue.city[locale],
        addressCountry: 'KR',
      },
    },
    performer: { '@type': 'PerformingGroup', name: event.artist.name[locale] },
    typicalAgeRange: `${event.ageLimit}-`,
    offers: event.grades.map(({ grade, price, left }) => ({
      '@type': 'Offer',
      name: grade,
      price,
      priceCurrency: 'KRW',
      availability: `https://schema.org/${availability(event.state, left)}`,
      validFrom: event.sale.opensAt,
      availabilityEnds: event.sale.endsAt,
      url: page,
    })),
  };
}

/** JSON that cannot end the script element it stands in. */
export function scriptJson(value: object): string {
  return JSON.stringify(value).replaceAll('<', String.raw`\u003c`);
}

function availability(state: EventState, left: number | null): string {
  switch (state) {
    case 'draft':
    case 'upcoming':
      return 'PreSale';
    case 'on_sale':
      return left === 0 ? 'SoldOut' : 'InStock';
    case 'sold_out':
      return 'SoldOut';
    case 'ended':
    case 'cancelled':
      return 'Discontinued';
  }
}

// The shows are in Seoul's time; it knows no summer time.
function seoulTime(instantMs: number): string {
  return new Date(instantMs + 9 * 3_600_000).toISOString().replace(/\.\d+Z$/, '+09:00');
}
