'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { seatPlaceName } from './seat-names.ts';
import type { SeatSale } from './seat-sale.ts';
import { useChoice } from './use-seat-sale.ts';

/** Says which chosen seats went to somebody else and offers the nearest free ones, each for one press. */
export function LostSeats({ sale }: { readonly sale: SeatSale }): ReactNode {
  const t = useTranslations('seats.lost');
  const seat = useTranslations('seats.seat');
  const { lost } = useChoice(sale);
  if (lost.length === 0) return null;
  return (
    <Notice tone="warn" title={t('title')} isUrgent>
      <ul className="grid gap-3">
        {lost.map(({ seatId, replacement }) => (
          <li key={seatId} className="grid gap-2">
            <p>
              {t('body', { seat: seatPlaceName(sale, seatId, seat) })}{' '}
              {replacement === undefined
                ? t('noOffer')
                : t('offer', { seat: seatPlaceName(sale, replacement, seat) })}
            </p>
            <p className="flex flex-wrap gap-2">
              {replacement !== undefined && (
                <Button onClick={() => sale.replace(seatId)}>
                  {t('take', { seat: seatPlaceName(sale, replacement, seat) })}
                </Button>
              )}
              <Button tone="secondary" onClick={() => sale.dismiss(seatId)}>
                {t('dismiss')}
              </Button>
            </p>
          </li>
        ))}
      </ul>
    </Notice>
  );
}
