import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { LinkButton } from '../../../components/button.tsx';
import { Page } from '../../../components/page.tsx';
import { TicketList } from '../../../features/tickets/ticket-list.tsx';
import { ClientTexts } from '../../../i18n/client-texts.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('tickets');
  return { title: t('title'), robots: { index: false } };
}

export default async function TicketsPage(): Promise<ReactNode> {
  const t = await getTranslations('tickets');
  return (
    <Page
      title={t('title')}
      aside={
        <LinkButton tone="secondary" href="/reservations">
          {t('reservations')}
        </LinkButton>
      }
    >
      <ClientTexts namespaces={['tickets', 'common']}>
        <TicketList />
      </ClientTexts>
    </Page>
  );
}
