import type { ProblemCode } from '@urr/contracts/problem-table.ts';
import { linePath } from '../../i18n/routing.ts';

/** Where a refusal leads. */
export type NextStep = 'line' | 'reservations' | 'home' | 'login' | 'event';

const steps: Readonly<Partial<Record<ProblemCode, NextStep>>> = {
  'entry-token-missing': 'line',
  'entry-token-invalid': 'line',
  'entry-token-foreign': 'line',
  'entry-token-expired': 'line',
  'limit-reached': 'reservations',
  'sale-cancelled': 'home',
  'sale-over': 'home',
  unauthenticated: 'login',
  'event-not-found': 'home',
};

/** What a reader can do about a refusal besides choosing anew; `undefined` when that is all. */
export function nextStepOf(code: ProblemCode): NextStep | undefined {
  return steps[code];
}

/** Address of a step, without the language; `here` is where a sign-in comes back to. */
export function stepPath(step: NextStep, slug: string, here: string): `/${string}` {
  switch (step) {
    case 'line':
      return linePath(slug);
    case 'reservations':
      return '/reservations';
    case 'home':
      return '/search';
    case 'login':
      return `/login?next=${encodeURIComponent(here)}`;
    case 'event':
      return `/events/${slug}`;
  }
}
