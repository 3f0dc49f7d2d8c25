import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Page } from '../../components/page.tsx';

export default async function HomePage(): Promise<ReactNode> {
  const t = await getTranslations('common');
  return <Page title={t('site.title')}>.</Page>;
}
