'use client';

import type { SeatStatus } from '@urr/contracts/ticket-reads.ts';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { classNames } from '../../design/class-names.ts';
import { ChoicePanel } from './choice-panel.tsx';
import { GradeFilter } from './grade-filter.tsx';
import { HappeningLine } from './happening.tsx';
import { SeatList } from './seat-list.tsx';
import { SeatMap } from './seat-map.tsx';
import type { SeatSale } from './seat-sale.ts';
import type { ShopEvent } from './shop-event.ts';
import { useEntry } from './use-entry.ts';
import { useSeatSale } from './use-seat-sale.ts';

type View = 'map' | 'list';

/** The room of a seated event: its map or list, grades, and the choice. Fills the screen below the frame. */
export function SeatRoom({
  event,
  status,
  heading,
}: {
  readonly event: ShopEvent;
  readonly status: SeatStatus;
  readonly heading: ReactNode;
}): ReactNode {
  const t = useTranslations('seats');
  const common = useTranslations('common');
  const [view, setView] = useState<View>('map');
  const { sale, problem, freshness, reload } = useSeatSale(event.eventId, status, event.limit);
  const entry = useEntry(event.eventId, event.isSignedIn);
  return (
    <div className="flex h-[calc(100dvh-3.75rem)] min-h-[30rem] flex-col">
      <div className="border-b border-rule bg-surface">
        <div className="mx-auto flex max-w-6xl items-center justify-between gap-3 px-4 py-2">
          {heading}
          <ViewSwitch view={view} onChange={setView} />
        </div>
      </div>
      {problem !== undefined && (
        <div className="p-4">
          <ProblemNotice problem={problem} action={<Button onClick={reload}>{common('retry')}</Button>} />
        </div>
      )}
      {problem === undefined && sale === undefined && <RoomSkeleton />}
      {sale !== undefined && (
        <>
          <div className="border-b border-rule bg-surface">
            <GradeFilter sale={sale} />
          </div>
          {(freshness === 'polling' || freshness === 'lost') && (
            <output className="block bg-warn-soft px-4 py-1.5 text-sm text-warn">
              {t(`freshness.${freshness}`)}
            </output>
          )}
          <div className="flex min-h-0 flex-1 flex-col beside:flex-row">
            <Stage sale={sale} view={view} />
            <ChoicePanel sale={sale} event={event} entry={entry} />
          </div>
        </>
      )}
    </div>
  );
}

function Stage({ sale, view }: { readonly sale: SeatSale; readonly view: View }): ReactNode {
  return (
    <div className="relative min-h-44 min-w-0 flex-1">
      {view === 'map' ? <SeatMap sale={sale} /> : <SeatList sale={sale} />}
      <HappeningLine sale={sale} />
    </div>
  );
}

function RoomSkeleton(): ReactNode {
  const t = useTranslations('seats.map');
  return (
    <div className="flex min-h-0 flex-1 flex-col" aria-busy>
      <output className="sr-only">{t('loading')}</output>
      <div className="border-b border-rule bg-surface">
        <div className="mx-auto flex max-w-6xl gap-2 overflow-hidden px-4 py-2">
          <Skeleton className="h-11 w-16 shrink-0 rounded-full" />
          <Skeleton className="h-11 w-48 shrink-0 rounded-full" />
          <Skeleton className="h-11 w-48 shrink-0 rounded-full" />
        </div>
      </div>
      <div className="flex min-h-0 flex-1 flex-col beside:flex-row">
        <div className="flex-1 bg-paper" />
        <div className="grid content-start gap-3 bg-surface p-4 below:h-44 beside:w-72 beside:border-s beside:border-rule beside:lg:w-96">
          <Skeleton className="h-24" />
          <Skeleton className="h-11" />
        </div>
      </div>
    </div>
  );
}

function ViewSwitch({
  view,
  onChange,
}: {
  readonly view: View;
  readonly onChange: (view: View) => void;
}): ReactNode {
  const t = useTranslations('seats.view');
  return (
    <fieldset className="inline-flex shrink-0 rounded-control border border-edge p-0.5">
      <legend className="sr-only">{t('label')}</legend>
      {(['map', 'list'] as const).map((name) => (
        <label
          key={name}
          className={classNames(
            'relative inline-flex min-h-10 cursor-pointer items-center rounded-control px-4 text-sm font-semibold whitespace-nowrap',
            'has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent',
            view === name ? 'bg-accent text-on-accent' : 'hover:bg-sunken',
          )}
        >
          <input
            type="radio"
            name="seat-view"
            value={name}
            checked={view === name}
            onChange={() => onChange(name)}
            className="absolute inset-0 cursor-pointer opacity-0"
          />
          {t(name)}
        </label>
      ))}
    </fieldset>
  );
}
