'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Queries } from '../../api/queries.tsx';
import { Card } from '../../components/card.tsx';
import { Notice } from '../../components/notice.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { ChangePasswordForm } from './change-password-form.tsx';
import { OwnAccount } from './own-account.tsx';

/** Changes the reader's password; explains itself to whom a one-time password led here. */
export function ChangeOwnPassword({ next }: { readonly next: `/${string}` | undefined }): ReactNode {
  const t = useTranslations('account');
  return (
    <Queries>
      <OwnAccount skeleton={<Skeleton className="h-80" />}>
        {(account) => (
          <div className="grid gap-4">
            {account.mustChangePassword && (
              <Notice tone="warn" title={t('mustChange.title')}>
                {t('mustChange.lead')}
              </Notice>
            )}
            <Card>
              <ChangePasswordForm email={account.email} next={next} />
            </Card>
          </div>
        )}
      </OwnAccount>
    </Queries>
  );
}
