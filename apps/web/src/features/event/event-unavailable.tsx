import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { LinkButton } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';

/** The page of an event nobody could be asked about. */
export async function EventUnavailable({ slug }: { readonly slug: string }): Promise<ReactNode> {
  const [t, common] = await Promise.all([getTranslations('event.failed'), getTranslations('common')]);
  return (
    <Page title={t('title')}>
      <EmptyState
        title={t('lead')}
        action={<LinkButton href={`/events/${slug}`}>{common('retry')}</LinkButton>}
      />
    </Page>
  );
}
