import { linePath } from '../../i18n/routing.ts';
import type { SalePhase } from './sale-phase.ts';

/** Where the main action of a phase leads, within the language; the line's page is a document of its own. */
export function saleActionPath(phase: SalePhase, slug: string): `/${string}` {
  switch (phase) {
    case 'before-lobby':
      return `/login?next=${encodeURIComponent(`/events/${slug}`)}`;
    case 'lobby':
    case 'on-sale':
    case 'paused':
    case 'draining':
    case 'sold-out':
      return linePath(slug);
    case 'ended':
      return '/search';
    case 'cancelled':
      return '/reservations';
  }
}

/** Whether the action is what most readers came for. */
export function isMainAction(phase: SalePhase): boolean {
  return phase === 'lobby' || phase === 'on-sale';
}
