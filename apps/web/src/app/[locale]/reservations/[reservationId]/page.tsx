import { uuidPattern } from '@urr/contracts/primitives.ts';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { Queries } from '../../../../api/queries.tsx';
import { ReservationScreen } from '../../../../features/checkout/reservation-screen.tsx';
import { ClientTexts } from '../../../../i18n/client-texts.tsx';

interface Props {
  readonly params: Promise<{ reservationId: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('bookings');
  return { title: t('title') };
}

export default async function ReservationPage({ params }: Props): Promise<ReactNode> {
  const { reservationId } = await params;
  if (!uuidPattern.test(reservationId)) notFound();
  return (
    <ClientTexts namespaces={['checkout', 'bookings', 'common']}>
      <Queries>
        <ReservationScreen reservationId={reservationId} />
      </Queries>
    </ClientTexts>
  );
}
