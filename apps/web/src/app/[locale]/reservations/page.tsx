import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Queries } from '../../../api/queries.tsx';
import { Page } from '../../../components/page.tsx';
import { BookingList } from '../../../features/bookings/booking-list.tsx';
import { ClientTexts } from '../../../i18n/client-texts.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('bookings');
  return { title: t('listTitle') };
}

export default async function ReservationsPage(): Promise<ReactNode> {
  const t = await getTranslations('bookings');
  return (
    <Page title={t('listTitle')} lead={t('listLead')}>
      <ClientTexts namespaces={['bookings', 'common']}>
        <Queries>
          <BookingList />
        </Queries>
      </ClientTexts>
    </Page>
  );
}
