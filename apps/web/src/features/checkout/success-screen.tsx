'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { LinkButton } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { Page } from '../../components/page.tsx';
import { TabTitle } from '../bookings/tab-title.tsx';
import { PaymentResult } from './payment-result.tsx';
import type { Authenticated } from './payment-return.ts';
import { useConfirmation } from './use-confirmation.ts';

/** The page the buyer comes back to after paying: confirms, and says how it came out. */
export function SuccessScreen({ payment }: { readonly payment: Authenticated | undefined }): ReactNode {
  if (payment === undefined) return <BrokenAddress />;
  return <FollowedPayment payment={payment} />;
}

function FollowedPayment({ payment }: { readonly payment: Authenticated }): ReactNode {
  const t = useTranslations('checkout.result');
  const { confirmation, lookAgain } = useConfirmation(payment);
  return (
    <Page title={t(`heading.${confirmation.kind}`)} isNarrow>
      <TabTitle
        heading={t(`heading.${confirmation.kind}`)}
        eventId={'payment' in confirmation ? confirmation.payment?.eventId : undefined}
      />
      <PaymentResult confirmation={confirmation} amount={payment.amount} onLookAgain={lookAgain} />
    </Page>
  );
}

function BrokenAddress(): ReactNode {
  const t = useTranslations('checkout.result');
  return (
    <Page title={t('heading.refused')} isNarrow>
      <Notice
        tone="warn"
        title={t('broken.title')}
        action={<LinkButton href="/reservations">{t('toReservations')}</LinkButton>}
      >
        {t('broken.text')}
      </Notice>
    </Page>
  );
}
