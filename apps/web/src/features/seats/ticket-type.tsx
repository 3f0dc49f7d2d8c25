'use client';

import type { SeatStatus } from '@urr/contracts/ticket-reads.ts';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Badge } from '../../components/badge.tsx';
import { Card } from '../../components/card.tsx';
import { Stepper } from '../../components/stepper.tsx';
import { formatCount, formatWon } from '../../design/format.ts';
import { usePageLocale } from '../../i18n/link.tsx';

/** So few that it is worth saying. */
const few = 20;

/** One ticket type: name, price, what is left, how many. */
export function TicketType({
  pool,
  quantity,
  most,
  isLocked,
  leftAsRefused,
  onChange,
}: {
  readonly pool: SeatStatus['pools'][number];
  readonly quantity: number;
  /** What the limit still allows. */
  readonly most: number;
  readonly isLocked: boolean;
  /** What a refusal said is left. */
  readonly leftAsRefused: number | undefined;
  readonly onChange: (quantity: number) => void;
}): ReactNode {
  const t = useTranslations('seats.standing');
  const locale = usePageLocale();
  const name = pool.name[locale];
  return (
    <li>
      <Card className="grid gap-3 sm:grid-cols-[1fr_auto] sm:items-center">
        <div>
          <h2 className="text-lg">{name}</h2>
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className="numeric font-semibold">{formatWon(pool.price, locale)}</span>
            <Left left={pool.left} />
          </p>
          {leftAsRefused !== undefined && (
            <p className="text-sm font-medium text-bad">
              {t('taken', { name, left: formatCount(leftAsRefused, locale) })}
            </p>
          )}
        </div>
        {!isLocked && pool.left > 0 && (
          <Stepper
            label={t('quantityOf', { name })}
            value={quantity}
            max={Math.min(most, pool.left)}
            decreaseLabel={t('less', { name })}
            increaseLabel={t('more', { name })}
            onChange={onChange}
          />
        )}
      </Card>
    </li>
  );
}

function Left({ left }: { readonly left: number }): ReactNode {
  const t = useTranslations('seats.standing');
  const locale = usePageLocale();
  if (left === 0) return <Badge>{t('soldOut')}</Badge>;
  const count = formatCount(left, locale);
  return left <= few ? (
    <Badge tone="warn">{t('few', { count })}</Badge>
  ) : (
    <span className="numeric text-sm text-muted">{t('left', { count })}</span>
  );
}
