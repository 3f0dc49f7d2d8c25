import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { webConfig } from '../../../../server/config.ts';
import { Page } from '../../../components/page.tsx';
import { AccountOverview } from '../../../features/account/account-overview.tsx';
import { DisplaySettings } from '../../../features/account/display-settings.tsx';
import { ClientTexts } from '../../../i18n/client-texts.tsx';

interface Props {
  readonly params: Promise<{ locale: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account');
  return { title: t('title'), robots: { index: false } };
}

export default async function AccountPage({ params }: Props): Promise<ReactNode> {
  const [{ locale }, t] = await Promise.all([params, getTranslations('account')]);
  return (
    <Page title={t('title')} isNarrow>
      <ClientTexts namespaces={['account', 'common']}>
        <AccountOverview
          googleClientId={webConfig().GOOGLE_CLIENT_ID}
          here={`/${locale}/account`}
          settings={<DisplaySettings />}
        />
      </ClientTexts>
    </Page>
  );
}
