import type { Locale } from '../i18n/routing.ts';
import enCommon from './en/common.json' with { type: 'json' };
import enAccount from './en/account.json' with { type: 'json' };
import enDiscovery from './en/discovery.json' with { type: 'json' };
import enEvent from './en/event.json' with { type: 'json' };
import enLine from './en/line.json' with { type: 'json' };
import enSeats from './en/seats.json' with { type: 'json' };
import enCheckout from './en/checkout.json' with { type: 'json' };
import enBookings from './en/bookings.json' with { type: 'json' };
import enTickets from './en/tickets.json' with { type: 'json' };
import enHalls from './en/halls.json' with { type: 'json' };
import enPlanning from './en/planning.json' with { type: 'json' };
import enControl from './en/control.json' with { type: 'json' };
import koCommon from './ko/common.json' with { type: 'json' };
import koAccount from './ko/account.json' with { type: 'json' };
import koDiscovery from './ko/discovery.json' with { type: 'json' };
import koEvent from './ko/event.json' with { type: 'json' };
import koLine from './ko/line.json' with { type: 'json' };
import koSeats from './ko/seats.json' with { type: 'json' };
import koCheckout from './ko/checkout.json' with { type: 'json' };
import koBookings from './ko/bookings.json' with { type: 'json' };
import koTickets from './ko/tickets.json' with { type: 'json' };
import koHalls from './ko/halls.json' with { type: 'json' };
import koPlanning from './ko/planning.json' with { type: 'json' };
import koControl from './ko/control.json' with { type: 'json' };

const en = {
  common: enCommon,
  account: enAccount,
  discovery: enDiscovery,
  event: enEvent,
  line: enLine,
  seats: enSeats,
  checkout: enCheckout,
  bookings: enBookings,
  tickets: enTickets,
  halls: enHalls,
  planning: enPlanning,
  control: enControl,
};

/** All texts of one language; a namespace is a file. */
export type Messages = typeof en;

const ko: Messages = {
  common: koCommon,
  account: koAccount,
  discovery: koDiscovery,
  event: koEvent,
  line: koLine,
  seats: koSeats,
  checkout: koCheckout,
  bookings: koBookings,
  tickets: koTickets,
  halls: koHalls,
  planning: koPlanning,
  control: koControl,
};

const byLocale: Readonly<Record<Locale, Messages>> = { ko, en };

/** Every text of a language. */
export function messagesOf(locale: Locale): Messages {
  return byLocale[locale];
}
