'use client';

import type { AccountView } from '@urr/contracts/auth.ts';
import type { ControlRoom as Room } from '@urr/contracts/queue-control.ts';
import { useTranslations } from 'next-intl';
import { type ReactNode, useCallback, useState } from 'react';
import { Queries } from '../../api/queries.tsx';
import { Button, LinkButton } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { useNow } from '../../design/use-now.ts';
import { OwnAccount } from '../account/own-account.tsx';
import { AuditTrail } from './audit-trail.tsx';
import { BigNumbers } from './big-numbers.tsx';
import { Charts } from './charts.tsx';
import { ControlSkeleton } from './control-skeleton.tsx';
import { LineButtons } from './line-buttons.tsx';
import { PaceControls } from './pace-controls.tsx';
import { PhaseAnnouncer } from './phase-announcer.tsx';
import { StatusStrip } from './status-strip.tsx';
import { StockBars } from './stock-bars.tsx';
import { readingFreshness, useFigures, useRoom, useRoomOffset, useSamples } from './use-room.ts';

interface Props {
  readonly eventId: string;
}

/** The sale of one event, live: its numbers, its controls and who used them. */
export function ControlRoom({ eventId }: Props): ReactNode {
  return (
    <Queries>
      <OwnAccount skeleton={<ControlSkeleton />}>
        {(account) => <RoomReader eventId={eventId} account={account} />}
      </OwnAccount>
    </Queries>
  );
}

function RoomReader({ eventId, account }: Props & { readonly account: AccountView }): ReactNode {
  const t = useTranslations('common');
  const room = useRoom(eventId);
  if (room.data !== undefined)
    return <LiveRoom eventId={eventId} account={account} room={room.data} reading={room} />;
  if (room.error === null) return <ControlSkeleton />;
  const retry = (
    <Button tone="secondary" isBusy={room.isFetching} onClick={() => void room.refetch()}>
      {t('retry')}
    </Button>
  );
  const { problem } = room.error;
  if (problem.code === 'sale-not-found') return <NoLine eventId={eventId} retry={retry} />;
  return <ProblemNotice problem={problem} action={retry} />;
}

function NoLine({ eventId, retry }: Props & { readonly retry: ReactNode }): ReactNode {
  const t = useTranslations('control');
  const manage = <LinkButton href={`/organiser/events/${eventId}`}>{t('back')}</LinkButton>;
  return (
    <EmptyState
      title={t('noLine.title')}
      action={
        <div className="flex flex-wrap justify-center gap-3">
          {manage}
          {retry}
        </div>
      }
    >
      {t('noLine.lead')}
    </EmptyState>
  );
}

interface LiveProps extends Props {
  readonly account: AccountView;
  readonly room: Room;
  readonly reading: ReturnType<typeof useRoom>;
}

function LiveRoom({ eventId, account, room, reading }: LiveProps): ReactNode {
  const [said, setSaid] = useState('');
  const announce = useCallback((text: string) => setSaid(text), []);
  const offsetMs = useRoomOffset(room.now, reading.dataUpdatedAt);
  const nowMs = useNow(offsetMs, 1_000);
  const deviceNowMs = nowMs - offsetMs;
  const samples = useSamples(eventId, room);
  const { sale, payments } = useFigures(eventId);
  const saleState = { ...sale, freshness: readingFreshness(sale, 'sale', deviceNowMs) };
  const paymentState = { ...payments, freshness: readingFreshness(payments, 'payments', deviceNowMs) };
  const freshness = readingFreshness(reading, 'room', deviceNowMs);
  const lineState = { data: room, error: null, freshness };
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-8">
      <output className="sr-only">{said}</output>
      <PhaseAnnouncer phase={room.phase} announce={announce} />
      <StatusStrip
        room={room}
        nowMs={nowMs}
        freshness={freshness}
        ageMs={deviceNowMs - reading.dataUpdatedAt}
        problem={reading.error?.problem}
      >
        <LineButtons eventId={eventId} room={room} announce={announce} />
      </StatusStrip>
      <BigNumbers room={room} samples={samples} line={lineState} sale={saleState} payments={paymentState} />
      <PaceControls eventId={eventId} room={room} announce={announce} />
      <Charts room={room} samples={samples} line={lineState} payments={paymentState} />
      <StockBars sale={saleState} />
      <AuditTrail eventId={eventId} ownId={account.accountId} />
    </div>
  );
}
