'use client';

import type { Ticket } from '@urr/contracts/ticket-reads.ts';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useKoreanTime } from '../../design/use-korean-time.ts';
import type { TicketPass } from './kept-tickets.ts';
import { LiveQr } from './live-qr.tsx';
import { ServerQr } from './server-qr.tsx';
import { useWakeLock } from './use-wake-lock.ts';

/** What opens the gate; for a ticket that no longer does, why. */
export function EntryCode({
  ticket,
  pass,
}: {
  readonly ticket: Ticket;
  readonly pass: TicketPass | undefined;
}): ReactNode {
  const t = useTranslations('tickets');
  const isValid = ticket.state === 'valid';
  useWakeLock(isValid);
  if (!isValid) return <Closed ticket={ticket} />;
  const label = t('qr.label');
  return (
    <div className="grid gap-3">
      {pass === undefined ? (
        <ServerQr ticketId={ticket.ticketId} label={label} />
      ) : (
        <LiveQr pass={pass} label={label} />
      )}
      <p className="text-center text-sm text-muted">{t('qr.hint')}</p>
    </div>
  );
}

function Closed({ ticket }: { readonly ticket: Ticket }): ReactNode {
  const t = useTranslations('tickets.closed');
  const { moment } = useKoreanTime();
  if (ticket.state === 'valid') return null;
  const at = ticket.usedAt === null ? '' : moment(ticket.usedAt);
  return (
    <div className="mx-auto grid min-h-60 w-full max-w-72 place-content-center justify-items-center gap-2 rounded-card bg-sunken p-6 text-center">
      <p className="text-2xl font-bold">{t(`${ticket.state}.title`)}</p>
      <p className="text-sm text-muted">{t(`${ticket.state}.detail`, { at })}</p>
    </div>
  );
}
