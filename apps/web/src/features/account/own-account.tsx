'use client';

import { type AccountView, readMe } from '@urr/contracts/auth.ts';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useRoute } from '../../api/queries.tsx';
import { Button } from '../../components/button.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { SignInFirst } from './sign-in-first.tsx';

/** Reads the account and hands it to what shows it; asks to sign in when there is none. */
export function OwnAccount({
  skeleton,
  children,
}: {
  readonly skeleton: ReactNode;
  readonly children: (account: AccountView) => ReactNode;
}): ReactNode {
  const t = useTranslations('common');
  const me = useRoute(readMe, {});
  if (me.data !== undefined) return children(me.data);
  if (me.error === null) return skeleton;
  const { problem } = me.error;
  if (problem.code === 'unauthenticated') return <SignInFirst />;
  return (
    <ProblemNotice
      problem={problem}
      action={
        <Button tone="secondary" isBusy={me.isFetching} onClick={() => void me.refetch()}>
          {t('retry')}
        </Button>
      }
    />
  );
}
