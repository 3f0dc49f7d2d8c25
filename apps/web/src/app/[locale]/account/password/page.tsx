import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Page } from '../../../../components/page.tsx';
import { ChangeOwnPassword } from '../../../../features/account/change-own-password.tsx';
import { safeNextPath } from '../../../../features/account/next-path.ts';
import { ClientTexts } from '../../../../i18n/client-texts.tsx';

interface Props {
  readonly params: Promise<{ locale: string }>;
  readonly searchParams: Promise<{ next?: string | string[] }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account');
  return { title: t('changePassword.title'), robots: { index: false } };
}

export default async function PasswordPage({ params, searchParams }: Props): Promise<ReactNode> {
  const [{ locale }, { next }, t] = await Promise.all([params, searchParams, getTranslations('account')]);
  return (
    <Page title={t('changePassword.title')} isNarrow>
      <ClientTexts namespaces={['account', 'common']}>
        <ChangeOwnPassword next={next === undefined ? undefined : safeNextPath(next, `/${locale}`)} />
      </ClientTexts>
    </Page>
  );
}
