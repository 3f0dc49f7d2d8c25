'use client';

import { type AccountRole, type AccountView, listAccounts } from '@urr/contracts/auth.ts';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { call } from '../../api/call.ts';
import { Refused } from '../../api/queries.tsx';
import { Button } from '../../components/button.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { PersonRole } from './person-role.tsx';
import { ReadFailed } from './read-failed.tsx';
import { useMore } from './use-more.ts';

/** Everybody who has a role now. */
export function PeopleWithRole({
  having,
  onChanged,
}: {
  readonly having: AccountRole;
  readonly onChanged: (account: AccountView) => void;
}): ReactNode {
  const t = useTranslations('planning');
  const people = useMore(['people', having], async (after) => {
    const result = await call(listAccounts, {
      query: { role: having, ...(after === undefined ? {} : { after }) },
    });
    if (!result.ok) throw new Refused(result.problem);
    return { items: result.body.accounts, next: result.body.next };
  });
  return (
    <div className="grid gap-2">
      <h3 className="text-base text-muted">{t(`people.role.${having}`)}</h3>
      {people.items === undefined && people.error === null && <Skeleton className="h-16" />}
      {people.items === undefined && people.error !== null && (
        <ReadFailed problem={people.error.problem} onRetry={() => void people.refetch()} />
      )}
      {people.items?.length === 0 && <p className="text-sm text-muted">{t('people.none')}</p>}
      <ul className="grid gap-2">
        {people.items?.map((account) => (
          <PersonRole key={account.accountId} account={account} onChanged={onChanged} />
        ))}
      </ul>
      {people.hasNextPage && (
        <Button
          tone="secondary"
          isBusy={people.isFetchingNextPage}
          onClick={() => void people.fetchNextPage()}
        >
          {t('read.more')}
        </Button>
      )}
    </div>
  );
}
