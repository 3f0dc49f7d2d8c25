'use client';

import { useTranslations } from 'next-intl';
import { usePathname, useSearchParams } from 'next/navigation';
import type { ReactNode } from 'react';
import { LinkButton } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { pathWithNext } from './next-path.ts';

/** Stands where a page shows the reader's own things and nobody is signed in; comes back to the same page. */
export function SignInFirst(): ReactNode {
  const t = useTranslations('common.signInFirst');
  const path = usePathname();
  const query = useSearchParams().toString();
  const here = query === '' ? path : `${path}?${query}`;
  return (
    <EmptyState
      title={t('title')}
      action={
        <div className="flex flex-wrap justify-center gap-3">
          <LinkButton href={pathWithNext('/login', here)}>{t('logIn')}</LinkButton>
          <LinkButton href={pathWithNext('/register', here)} tone="secondary">
            {t('register')}
          </LinkButton>
        </div>
      }
    >
      {t('lead')}
    </EmptyState>
  );
}
