'use client';

import type { Ticket } from '@urr/contracts/ticket-reads.ts';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { classNames } from '../../design/class-names.ts';
import { usePageLocale } from '../../i18n/link.tsx';

/** A label of more characters stands a size smaller, to keep its line on a phone. */
const longLabel = 5;

type Place = Pick<Ticket, 'seat' | 'pool' | 'grade'>;

/** Where a ticket lets one sit or stand, in one line. */
export function usePlaceText(): (place: Place) => string {
  const t = useTranslations('tickets.place');
  const locale = usePageLocale();
  return ({ seat, pool, grade }) => {
    if (seat !== null) return t('line', { section: seat.section, row: seat.row, seat: seat.seat });
    return pool === null ? grade : pool.name[locale];
  };
}

/** The same in large type, to be read at arm's length. */
export function LargePlace({ place }: { readonly place: Place }): ReactNode {
  const t = useTranslations('tickets.place');
  const placeText = usePlaceText();
  const { seat } = place;
  if (seat === null) return <p className="text-center text-3xl font-bold">{placeText(place)}</p>;
  const parts = [
    ['section', seat.section],
    ['row', seat.row],
    ['seat', seat.seat],
  ] as const;
  return (
    <dl className="grid grid-cols-[minmax(0,2fr)_minmax(0,1fr)_minmax(0,1fr)] text-center">
      {parts.map(([name, label]) => (
        <div key={name} className="flex flex-col border-s border-rule px-2 first:border-s-0">
          <dt className="text-sm text-muted">{t(name)}</dt>
          <dd
            className={classNames(
              'numeric my-auto leading-tight font-bold',
              label.length > longLabel ? 'text-2xl' : 'text-3xl',
            )}
          >
            {label}
          </dd>
        </div>
      ))}
    </dl>
  );
}
