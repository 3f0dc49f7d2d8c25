'use client';

import { type AccountView, listAccounts } from '@urr/contracts/auth.ts';
import type { ProblemDocument } from '@urr/contracts/problem-document.ts';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type FormEvent, type ReactNode, useState } from 'react';
import { call } from '../../api/call.ts';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Field } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { PeopleWithRole } from './people-with-role.tsx';
import { PersonRole } from './person-role.tsx';

type Search =
  | { readonly kind: 'idle' | 'busy' }
  | { readonly kind: 'found'; readonly accounts: readonly AccountView[] }
  | { readonly kind: 'failed'; readonly problem: ProblemDocument };

/** Gives roles: an account is found by its mail, because there may be millions. */
export function People(): ReactNode {
  const t = useTranslations('planning.people');
  const [search, setSearch] = useState<Search>({ kind: 'idle' });
  const [done, setDone] = useState<AccountView>();
  const client = useQueryClient();
  const find = async (email: string) => {
    setDone(undefined);
    setSearch({ kind: 'busy' });
    const result = await call(listAccounts, { query: { email } });
    setSearch(
      result.ok
        ? { kind: 'found', accounts: result.body.accounts }
        : { kind: 'failed', problem: result.problem },
    );
  };
  const changed = (account: AccountView) => {
    setDone(account);
    setSearch({ kind: 'idle' });
    void client.invalidateQueries({ queryKey: ['people'] });
  };
  return (
    <div className="grid gap-8">
      <Card className="grid gap-4">
        <FindForm isBusy={search.kind === 'busy'} onFind={(email) => void find(email)} />
        <Found search={search} onChanged={changed} />
        {done !== undefined && (
          <Notice tone="good">{t('done', { email: done.email, role: t(`role.${done.role}`) })}</Notice>
        )}
      </Card>
      <section className="grid gap-3">
        <h2 className="text-xl">{t('listTitle')}</h2>
        <PeopleWithRole having="organiser" onChanged={changed} />
        <PeopleWithRole having="admin" onChanged={changed} />
      </section>
    </div>
  );
}

function FindForm({
  isBusy,
  onFind,
}: {
  readonly isBusy: boolean;
  readonly onFind: (email: string) => void;
}): ReactNode {
  const t = useTranslations('planning.people');
  const [email, setEmail] = useState('');
  const [isWrong, setIsWrong] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wrong = !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim());
    setIsWrong(wrong);
    if (!wrong) onFind(email.trim());
  };
  return (
    <form noValidate onSubmit={submit} className="grid items-end gap-3 sm:grid-cols-[1fr_auto]">
      <Field
        type="email"
        autoComplete="off"
        label={t('email')}
        hint={t('emailHint')}
        error={isWrong ? t('notEmail') : undefined}
        value={email}
        onChange={(event) => setEmail(event.target.value)}
      />
      <Button type="submit" isBusy={isBusy}>
        {t('find')}
      </Button>
    </form>
  );
}

function Found({
  search,
  onChanged,
}: {
  readonly search: Search;
  readonly onChanged: (account: AccountView) => void;
}): ReactNode {
  const t = useTranslations('planning.people');
  if (search.kind === 'failed') return <ProblemNotice problem={search.problem} />;
  if (search.kind !== 'found') return null;
  if (search.accounts.length === 0) return <EmptyState title={t('noneTitle')}>{t('noneLead')}</EmptyState>;
  return (
    <ul className="grid gap-2">
      {search.accounts.map((account) => (
        <PersonRole key={account.accountId} account={account} onChanged={onChanged} />
      ))}
    </ul>
  );
}
