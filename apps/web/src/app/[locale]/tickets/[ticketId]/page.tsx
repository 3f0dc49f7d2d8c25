import { uuidPattern } from '@urr/contracts/primitives.ts';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { Page } from '../../../../components/page.tsx';
import { TicketView } from '../../../../features/tickets/ticket-view.tsx';
import { ClientTexts } from '../../../../i18n/client-texts.tsx';

interface Props {
  readonly params: Promise<{ ticketId: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('tickets');
  return { title: t('ticketTitle'), robots: { index: false } };
}

export default async function TicketPage({ params }: Props): Promise<ReactNode> {
  const [{ ticketId }, t] = await Promise.all([params, getTranslations('tickets')]);
  if (!uuidPattern.test(ticketId)) notFound();
  return (
    <Page title={t('ticketTitle')} isNarrow>
      <ClientTexts namespaces={['tickets', 'common']}>
        <TicketView ticketId={ticketId} />
      </ClientTexts>
    </Page>
  );
}
