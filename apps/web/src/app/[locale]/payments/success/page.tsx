import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Queries } from '../../../../api/queries.tsx';
import { readAuthenticated } from '../../../../features/checkout/payment-return.ts';
import { SuccessScreen } from '../../../../features/checkout/success-screen.tsx';
import { ClientTexts } from '../../../../i18n/client-texts.tsx';

interface Props {
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('checkout.result');
  // The address carries the key of a payment: no other site learns it, and no index keeps it.
  return { title: t('pageTitle'), referrer: 'no-referrer', robots: { index: false } };
}

export default async function PaymentSuccessPage({ searchParams }: Props): Promise<ReactNode> {
  const payment = readAuthenticated(await searchParams);
  return (
    <ClientTexts namespaces={['checkout', 'bookings', 'common']}>
      <Queries>
        <SuccessScreen payment={payment} />
      </Queries>
    </ClientTexts>
  );
}
