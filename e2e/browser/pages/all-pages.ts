import type { Furniture } from './furnish.ts';

/** Who looks at a page. */
export type Reader = 'stranger' | 'fan' | 'admin';

/** A page, as a reader finds it. */
export interface PageVisit {
  /** Names its picture. */
  readonly name: string;
  readonly reader: Reader;
  readonly path: (furniture: Furniture) => `/${string}`;
}

function visit(reader: Reader, name: string, path: PageVisit['path'] | `/${string}`): PageVisit {
  return { name, reader, path: typeof path === 'string' ? () => path : path };
}

/** Every page of the web application, in the states that look different. */
export const allPages: readonly PageVisit[] = [
  visit('stranger', 'home', '/'),
  visit('stranger', 'search', '/search'),
  visit('stranger', 'search-found', '/search?q=Seats'),
  visit('stranger', 'search-empty', '/search?q=nothing-is-called-so'),
  visit('stranger', 'not-found', '/there-is-no-such-page'),
  visit('stranger', 'event', ({ sale }) => `/events/${sale.slug}`),
  visit('stranger', 'event-standing', ({ standing }) => `/events/${standing.slug}`),
  visit('stranger', 'event-upcoming', ({ upcoming }) => `/events/${upcoming.slug}`),
  visit('stranger', 'event-not-found', '/events/no-such-event'),
  visit('stranger', 'artist', '/artists/browser-band'),
  visit('stranger', 'login', '/login'),
  visit('stranger', 'register', '/register'),
  visit('stranger', 'forgot-password', '/forgot-password'),
  visit('stranger', 'reset-password', '/reset-password'),
  visit('stranger', 'tickets-signed-out', '/tickets'),
  visit('stranger', 'line-signed-out', ({ crowded }) => `/events/${crowded.slug}/line`),
  visit('stranger', 'draw', ({ lobby }) => `/events/${lobby.slug}/draw`),
  visit('fan', 'line-lobby', ({ lobby }) => `/events/${lobby.slug}/line`),
  visit('fan', 'line-waiting', ({ crowded }) => `/events/${crowded.slug}/line`),
  visit('fan', 'seats', ({ sale }) => `/events/${sale.slug}/seats`),
  visit('fan', 'seats-standing', ({ standing }) => `/events/${standing.slug}/seats`),
  visit('fan', 'checkout', ({ pendingReservationId }) => `/reservations/${pendingReservationId}`),
  visit('fan', 'reservation-paid', ({ paidReservationId }) => `/reservations/${paidReservationId}`),
  visit('fan', 'reservations', '/reservations'),
  visit('fan', 'payment-success', ({ successPath }) => successPath),
  visit('fan', 'payment-fail', '/payments/fail?code=PAY_PROCESS_CANCELED&message=x'),
  visit('fan', 'tickets', '/tickets'),
  visit('fan', 'ticket', ({ ticketId }) => `/tickets/${ticketId}`),
  visit('fan', 'account', '/account'),
  visit('fan', 'sessions', '/account/sessions'),
  visit('fan', 'password', '/account/password'),
  visit('fan', 'organiser-refused', '/organiser'),
  visit('admin', 'organiser', '/organiser'),
  visit('admin', 'halls', '/organiser/halls'),
  visit('admin', 'hall-import', '/organiser/halls/import'),
  visit('admin', 'people', '/organiser/people'),
  visit('admin', 'events', '/organiser/events'),
  visit('admin', 'event-import', '/organiser/events/import'),
  visit('admin', 'event-new', '/organiser/events/new'),
  visit('admin', 'event-edit', ({ upcoming }) => `/organiser/events/${upcoming.eventId}`),
  visit('admin', 'control-room', ({ crowded }) => `/organiser/events/${crowded.eventId}/control`),
];
