import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Card } from '../../../components/card.tsx';
import { Page } from '../../../components/page.tsx';
import { ForgotPasswordForm } from '../../../features/account/forgot-password-form.tsx';
import { ClientTexts } from '../../../i18n/client-texts.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account');
  return { title: t('forgot.title'), robots: { index: false } };
}

export default async function ForgotPasswordPage(): Promise<ReactNode> {
  const t = await getTranslations('account');
  return (
    <Page title={t('forgot.title')} isNarrow>
      <Card className="sm:p-7">
        <ClientTexts namespaces={['account', 'common']}>
          <ForgotPasswordForm />
        </ClientTexts>
      </Card>
    </Page>
  );
}
