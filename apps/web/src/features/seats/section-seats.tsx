'use client';

import { seatFlagBits } from '@urr/contracts/ticket-reads.ts';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { classNames } from '../../design/class-names.ts';
import { usePageLocale } from '../../i18n/link.tsx';
import { GradeMark } from './grade-mark.tsx';
import type { Run } from './hall.ts';
import { seatFullName } from './seat-names.ts';
import type { SeatSale } from './seat-sale.ts';
import { useChoice } from './use-seat-sale.ts';

/** The rows of one section with their seats as buttons. */
export function SectionSeats({
  sale,
  section,
  isFreeOnly,
}: {
  readonly sale: SeatSale;
  readonly section: number;
  readonly isFreeOnly: boolean;
}): ReactNode {
  const t = useTranslations('seats.list');
  const { selection, grade } = useChoice(sale);
  const rows = (sale.hall.sections[section]?.runs ?? [])
    .map((run) => ({ run, seatIds: seatsShown(sale, run, { isFreeOnly, grade, selection }) }))
    .filter(({ seatIds }) => seatIds.length > 0);
  if (rows.length === 0) return <p className="px-4 pb-4 text-muted">{t('emptySection')}</p>;
  return (
    <div className="grid gap-3 px-4 pt-1 pb-4">
      {rows.map(({ run, seatIds }) => (
        <section
          key={run.from}
          aria-label={t('row', { row: run.row })}
          className="grid gap-1 sm:grid-cols-[4rem_1fr]"
        >
          <h3 className="pt-2 text-sm font-semibold text-muted">{t('row', { row: run.row })}</h3>
          <ul className="flex flex-wrap gap-1.5">
            {seatIds.map((seatId) => (
              <li key={seatId}>
                <SeatButton sale={sale} seatId={seatId} isChosen={selection.includes(seatId)} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function seatsShown(
  sale: SeatSale,
  { from, count }: Run,
  wish: {
    readonly isFreeOnly: boolean;
    readonly grade: number | undefined;
    readonly selection: readonly number[];
  },
): number[] {
  return Array.from({ length: count }, (_, index) => from + index).filter(
    (seatId) =>
      wish.selection.includes(seatId) ||
      ((wish.grade === undefined || sale.hall.grade[seatId] === wish.grade) &&
        (!wish.isFreeOnly || sale.board.isFree(seatId))),
  );
}

function SeatButton({
  sale,
  seatId,
  isChosen,
}: {
  readonly sale: SeatSale;
  readonly seatId: number;
  readonly isChosen: boolean;
}): ReactNode {
  const t = useTranslations('seats.seat');
  const locale = usePageLocale();
  const isFree = sale.board.isFree(seatId);
  const flags = sale.hall.flags[seatId] ?? 0;
  return (
    <button
      type="button"
      aria-pressed={isChosen}
      aria-disabled={(!isFree && !isChosen) || undefined}
      aria-label={seatFullName(sale, seatId, isChosen, t, locale)}
      onClick={() => sale.toggle(seatId)}
      className={classNames(
        'numeric inline-flex min-h-11 min-w-14 items-center justify-center gap-1.5 rounded-control border px-2 font-medium',
        isChosen && 'border-accent bg-accent text-on-accent',
        !isChosen && isFree && 'border-edge bg-surface hover:bg-sunken',
        !isChosen && !isFree && 'border-dashed border-rule bg-sunken text-muted line-through',
      )}
    >
      {isChosen ? <span aria-hidden>✓</span> : isFree && <GradeMark grade={sale.hall.grade[seatId] ?? 0} />}
      {sale.hall.labels[seatId]}
      {(flags & seatFlagBits.wheelchair) !== 0 && <span aria-hidden>♿︎</span>}
      {(flags & seatFlagBits.companion) !== 0 && <span aria-hidden>+</span>}
      {(flags & seatFlagBits['restricted-view']) !== 0 && <span aria-hidden>◣</span>}
    </button>
  );
}
