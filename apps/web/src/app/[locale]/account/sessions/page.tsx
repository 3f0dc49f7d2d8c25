import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { LinkButton } from '../../../../components/button.tsx';
import { Page } from '../../../../components/page.tsx';
import { SessionList } from '../../../../features/account/session-list.tsx';
import { ClientTexts } from '../../../../i18n/client-texts.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account');
  return { title: t('sessions.title'), robots: { index: false } };
}

export default async function SessionsPage(): Promise<ReactNode> {
  const t = await getTranslations('account');
  return (
    <Page title={t('sessions.title')} lead={t('sessions.lead')} isNarrow>
      <ClientTexts namespaces={['account', 'common']}>
        <SessionList />
      </ClientTexts>
      <div>
        <LinkButton tone="quiet" href="/account" className="-ms-4">
          {t('backToAccount')}
        </LinkButton>
      </div>
    </Page>
  );
}
