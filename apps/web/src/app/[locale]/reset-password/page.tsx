import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Card } from '../../../components/card.tsx';
import { Page } from '../../../components/page.tsx';
import { ResetPasswordForm } from '../../../features/account/reset-password-form.tsx';
import { ClientTexts } from '../../../i18n/client-texts.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account');
  return { title: t('reset.title'), robots: { index: false } };
}

export default async function ResetPasswordPage(): Promise<ReactNode> {
  const t = await getTranslations('account');
  return (
    <Page title={t('reset.title')} isNarrow>
      <Card className="sm:p-7">
        <ClientTexts namespaces={['account', 'common']}>
          <ResetPasswordForm />
        </ClientTexts>
      </Card>
    </Page>
  );
}
