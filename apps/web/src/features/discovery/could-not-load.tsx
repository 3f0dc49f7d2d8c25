import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { LinkButton } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';

/** Says that shows could not be read, and where to try again. */
export async function CouldNotLoad({ retry }: { readonly retry: `/${string}` }): Promise<ReactNode> {
  const [t, common] = await Promise.all([getTranslations('discovery.failed'), getTranslations('common')]);
  return (
    <Notice tone="warn" title={t('title')} action={<LinkButton href={retry}>{common('retry')}</LinkButton>}>
      {t('lead')}
    </Notice>
  );
}
