import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { LinkButton } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('common'))('notFound.title') };
}

export default async function NotFoundPage(): Promise<ReactNode> {
  const t = await getTranslations('common');
  return (
    <Page title={t('notFound.title')}>
      <EmptyState
        title={t('notFound.lead')}
        action={<LinkButton href="/">{t('notFound.home')}</LinkButton>}
      />
    </Page>
  );
}
