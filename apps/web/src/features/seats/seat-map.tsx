'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useId } from 'react';
import { formatCount } from '../../design/format.ts';
import { usePageLocale } from '../../i18n/link.tsx';
import { Legend } from './legend.tsx';
import { MapControls } from './map-controls.tsx';
import { seatFullName } from './seat-names.ts';
import type { SeatSale } from './seat-sale.ts';
import { type Outlook, useMapView } from './use-map-view.ts';
import { useChoice } from './use-seat-sale.ts';

/** The hall to look at and choose from, by finger, mouse and keys. */
export function SeatMap({ sale }: { readonly sale: SeatSale }): ReactNode {
  const t = useTranslations('seats.map');
  const { box, canvas, view, outlook } = useMapView(sale);
  const help = useId();
  const zoom = (factor: number) => {
    const target = view.current?.motion.target;
    if (target !== undefined) view.current?.glideTo({ ...target, scale: target.scale * factor });
  };
  return (
    <div className="@container relative h-full overflow-hidden bg-paper">
      <div
        ref={box}
        role="application"
        aria-label={t('label')}
        aria-describedby={help}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- an application takes keys itself
        tabIndex={0}
        className="absolute inset-0 touch-none select-none focus-visible:-outline-offset-4"
      >
        <canvas ref={canvas} className="block size-full" data-seat-map="" />
      </div>
      <p id={help} className="sr-only">
        {t('help')}
      </p>
      <PlaceSign sale={sale} outlook={outlook} />
      <Legend />
      <MapControls onZoom={zoom} onShowAll={() => view.current?.showAll()} />
    </div>
  );
}

/** Which section is in the middle and what is left of it; for keys also the seat that Enter chooses. */
function PlaceSign({
  sale,
  outlook: { section, canPick, isNear, isAimed, aimedSeat },
}: {
  readonly sale: SeatSale;
  readonly outlook: Outlook;
}): ReactNode {
  const t = useTranslations('seats.map');
  const seat = useTranslations('seats.seat');
  const locale = usePageLocale();
  const { grade, selection } = useChoice(sale);
  const name = section === undefined ? undefined : sale.hall.sections[section]?.name;
  const text = () => {
    if (aimedSeat !== undefined)
      return seatFullName(sale, aimedSeat, selection.includes(aimedSeat), seat, locale);
    if (!(isNear || isAimed)) {
      if (!canPick) return t('overview');
      return selection.length === 0 ? t('pick') : '';
    }
    if (section === undefined || name === undefined) return '';
    return t('sectionLeft', { section: name, count: formatCount(sale.board.leftIn(section, grade), locale) });
  };
  return (
    <p
      aria-live={isAimed ? 'polite' : 'off'}
      className="pointer-events-none absolute start-3 top-3 me-3 rounded-control bg-surface px-3 py-1.5 text-sm font-semibold shadow-card empty:hidden"
    >
      {text()}
    </p>
  );
}
