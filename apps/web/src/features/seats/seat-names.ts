import { seatFlagBits } from '@urr/contracts/ticket-reads.ts';
import { formatWon } from '../../design/format.ts';
import type { Locale } from '../../i18n/routing.ts';
import { seatPlace } from './hall.ts';
import type { SeatSale } from './seat-sale.ts';
import { seatState } from './seat-board.ts';

/** The part of a translator that is used. */
type Texts = (
  key:
    | 'place'
    | 'name'
    | 'free'
    | 'chosen'
    | 'held'
    | 'sold'
    | 'blocked'
    | 'wheelchair'
    | 'companion'
    | 'restricted',
  values?: Record<string, string>,
) => string;

/** Where a seat is: `103구역 3열 12번`. */
export function seatPlaceName(sale: SeatSale, seatId: number, t: Texts): string {
  const { section, row, seat } = seatPlace(sale.hall, seatId);
  return t('place', { section, row, seat });
}

/** All a listener has to know of a seat: place, grade, price, what is special, whether it can be chosen. */
export function seatFullName(
  sale: SeatSale,
  seatId: number,
  isChosen: boolean,
  t: Texts,
  locale: Locale,
): string {
  const price = formatWon(sale.board.priceOf(seatId), locale);
  const extras = seatExtras(sale, seatId, t)
    .map((extra) => `, ${extra}`)
    .join('');
  const state = isChosen ? t('chosen') : stateName(sale.board.state[seatId] ?? seatState.blocked, t);
  return t('name', { ...seatPlace(sale.hall, seatId), price, extras, state });
}

/** What is special about a seat, in words. */
export function seatExtras(sale: SeatSale, seatId: number, t: Texts): string[] {
  const flags = sale.hall.flags[seatId] ?? 0;
  return [
    ...((flags & seatFlagBits.wheelchair) === 0 ? [] : [t('wheelchair')]),
    ...((flags & seatFlagBits.companion) === 0 ? [] : [t('companion')]),
    ...((flags & seatFlagBits['restricted-view']) === 0 ? [] : [t('restricted')]),
  ];
}

function stateName(state: number, t: Texts): string {
  if (state === seatState.free) return t('free');
  if (state === seatState.held) return t('held');
  return state === seatState.sold ? t('sold') : t('blocked');
}
