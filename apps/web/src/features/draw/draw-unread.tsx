import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { LinkButton } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';

/** Stands where the draw could not be read: there is none, or nobody could be asked. */
export async function DrawUnread({
  slug,
  isMissing = false,
}: {
  readonly slug: string;
  readonly isMissing?: boolean;
}): Promise<ReactNode> {
  const t = await getTranslations('line.draw');
  const reason = isMissing ? 'missing' : 'unreachable';
  return (
    <Page title={t('title')} isNarrow>
      <EmptyState
        title={t(`${reason}.title`)}
        action={<LinkButton href={`/events/${slug}`}>{t('backToEvent')}</LinkButton>}
      >
        {t(`${reason}.lead`)}
      </EmptyState>
    </Page>
  );
}
