'use client';

import type { Ticket } from '@urr/contracts/ticket-reads.ts';
import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect } from 'react';
import { Button, LinkButton } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { formatWon } from '../../design/format.ts';
import { useKoreanTime } from '../../design/use-korean-time.ts';
import { useNow } from '../../design/use-now.ts';
import { usePageLocale } from '../../i18n/link.tsx';
import { SignInFirst } from '../account/sign-in-first.tsx';
import { EntryCode } from './entry-code.tsx';
import { Neighbours } from './neighbours.tsx';
import { LargePlace } from './ticket-place.tsx';
import { TicketState } from './ticket-state.tsx';
import { useKeptOffline } from './use-kept-offline.ts';
import { type TicketReading, useTicket } from './use-ticket.ts';

/** One ticket, as it is shown at the gate. */
export function TicketView({ ticketId }: { readonly ticketId: string }): ReactNode {
  const { reading, readAgain } = useTicket(ticketId);
  if (reading.kind === 'reading') return <TicketSkeleton />;
  if (reading.kind === 'refused') return <Refused reading={reading} readAgain={readAgain} />;
  return <KnownTicket reading={reading} />;
}

function KnownTicket({
  reading,
}: {
  readonly reading: Extract<TicketReading, { kind: 'known' }>;
}): ReactNode {
  const t = useTranslations('tickets');
  const { moment } = useKoreanTime();
  const locale = usePageLocale();
  const { ticket, pass, from } = reading;
  const { neighbours, isKept } = useKeptOffline(reading, locale);
  const title = ticket.title[locale];
  useEffect(() => {
    document.title = `${t('ticketTitle')} · ${title} · URR`;
  }, [t, title]);
  return (
    <div className="grid gap-4">
      {from === 'offline' && <Notice title={t('offline.title')}>{t('offline.ticket')}</Notice>}
      <article className="grid gap-5 rounded-card border border-rule bg-surface p-5 shadow-card">
        <header className="grid gap-1">
          <div className="flex items-start justify-between gap-3">
            <h2 className="text-xl">{title}</h2>
            <TicketState state={ticket.state} />
          </div>
          <p className="font-medium">{moment(ticket.startsAt)}</p>
          <p className="text-muted">{ticket.venue[locale]}</p>
        </header>
        <EntryCode key={ticket.ticketId} ticket={ticket} pass={pass} />
        <LargePlace place={ticket} />
        <Neighbours ticket={ticket} tickets={neighbours} />
        <footer className="flex flex-wrap items-center justify-between gap-x-4 border-t border-rule pt-3 text-sm text-muted">
          <p className="numeric">
            {ticket.seat !== null && `${t('grade', { grade: ticket.grade })} · `}
            {formatWon(ticket.price, locale)}
          </p>
          <output>{isKept && t('offline.kept')}</output>
          <RefundRule ticket={ticket} offsetMs={pass?.offsetMs ?? 0} />
        </footer>
      </article>
      <TicketActions ticket={ticket} />
    </div>
  );
}

function TicketActions({ ticket }: { readonly ticket: Ticket }): ReactNode {
  const t = useTranslations('tickets.actions');
  return (
    <div className="grid grid-cols-2 gap-2 text-center">
      <LinkButton tone="secondary" className="px-2" href={`/reservations/${ticket.reservationId}`}>
        {ticket.state === 'valid' ? t('refund') : t('reservation')}
      </LinkButton>
      <LinkButton tone="secondary" href={`/events/${ticket.eventId}`}>
        {t('event')}
      </LinkButton>
      <LinkButton tone="quiet" href="/tickets" className="col-span-2">
        {t('all')}
      </LinkButton>
    </div>
  );
}

function RefundRule({
  ticket: { state, refundableUntil },
  offsetMs,
}: {
  readonly ticket: Ticket;
  readonly offsetMs: number;
}): ReactNode {
  const t = useTranslations('tickets');
  const { shortMoment } = useKoreanTime();
  const now = useNow(offsetMs, 60_000);
  if (state !== 'valid' || refundableUntil === undefined) return null;
  const isOver = Date.parse(refundableUntil) <= now;
  return (
    <p className="numeric basis-full">
      {isOver ? t('refundOver') : t('refundUntil', { at: shortMoment(refundableUntil) })}
    </p>
  );
}

function Refused({
  reading,
  readAgain,
}: {
  readonly reading: Extract<TicketReading, { kind: 'refused' }>;
  readonly readAgain: () => void;
}): ReactNode {
  const t = useTranslations('tickets');
  const { problem } = reading;
  if (problem.code === 'unauthenticated') return <SignInFirst />;
  const list = (
    <LinkButton tone="secondary" href="/tickets">
      {t('actions.all')}
    </LinkButton>
  );
  const again = (
    <Button tone="secondary" onClick={readAgain}>
      {t('readAgain')}
    </Button>
  );
  return <ProblemNotice problem={problem} action={problem.status >= 500 ? again : list} />;
}

function TicketSkeleton(): ReactNode {
  return (
    <div className="grid gap-5 rounded-card border border-rule bg-surface p-5 shadow-card">
      <div className="grid gap-2">
        <Skeleton className="h-6 w-3/4" />
        <Skeleton className="h-5 w-1/2" />
        <Skeleton className="h-5 w-1/3" />
      </div>
      <Skeleton className="mx-auto aspect-square w-full max-w-72" />
      <Skeleton className="h-16" />
    </div>
  );
}
