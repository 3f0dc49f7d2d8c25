import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Queries } from '../../../../api/queries.tsx';
import { FailScreen } from '../../../../features/checkout/fail-screen.tsx';
import { readFailure } from '../../../../features/checkout/payment-return.ts';
import { ClientTexts } from '../../../../i18n/client-texts.tsx';

interface Props {
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('checkout.fail');
  return { title: t('pageTitle'), referrer: 'no-referrer', robots: { index: false } };
}

export default async function PaymentFailPage({ searchParams }: Props): Promise<ReactNode> {
  const failure = readFailure(await searchParams);
  return (
    <ClientTexts namespaces={['checkout', 'bookings', 'common']}>
      <Queries>
        <FailScreen failure={failure} />
      </Queries>
    </ClientTexts>
  );
}
