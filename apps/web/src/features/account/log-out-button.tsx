'use client';

import type { ProblemDocument } from '@urr/contracts/problem-document.ts';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { usePageLocale } from '../../i18n/link.tsx';
import { localePath } from '../../i18n/routing.ts';
import { logOutHere } from './log-out.ts';

/** Logs out and goes home by a whole navigation: nothing that was read stays in memory. */
export function LogOutButton(): ReactNode {
  const t = useTranslations('account.logOut');
  const locale = usePageLocale();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemDocument>();
  const leave = async () => {
    setBusy(true);
    const refused = await logOutHere();
    if (refused === undefined) return window.location.assign(localePath(locale, '/'));
    setProblem(refused);
    setBusy(false);
  };
  return (
    <div className="grid gap-3">
      {problem !== undefined && <ProblemNotice problem={problem} />}
      <Button tone="secondary" isWide isBusy={isBusy} onClick={() => void leave()}>
        {t('submit')}
      </Button>
    </div>
  );
}
