import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { webConfig } from '../../../../server/config.ts';
import { SignInPage } from '../../../features/account/sign-in-page.tsx';
import { pathInLocale, safeNextPath } from '../../../features/account/next-path.ts';
import { RegisterForm } from '../../../features/account/register-form.tsx';

interface Props {
  readonly params: Promise<{ locale: string }>;
  readonly searchParams: Promise<{ next?: string | string[] }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account');
  return { title: t('register.title'), robots: { index: false } };
}

export default async function RegisterPage({ params, searchParams }: Props): Promise<ReactNode> {
  const [{ locale }, { next: wanted }, t] = await Promise.all([
    params,
    searchParams,
    getTranslations('account'),
  ]);
  const next = pathInLocale(safeNextPath(wanted, `/${locale}`), locale);
  return (
    <SignInPage
      title={t('register.title')}
      form={<RegisterForm next={next} />}
      googleClientId={webConfig().GOOGLE_CLIENT_ID}
      next={next}
      other={{ question: t('register.hasAccount'), answer: t('register.logInInstead'), page: '/login' }}
    />
  );
}
