'use client';

import { type AccountRole, type AccountView, setRole } from '@urr/contracts/auth.ts';
import type { ProblemDocument } from '@urr/contracts/problem-document.ts';
import { useTranslations } from 'next-intl';
import { type ReactNode, useId, useState } from 'react';
import { call } from '../../api/call.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Notice } from '../../components/notice.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { useMe } from './use-me.ts';

const roles = ['fan', 'organiser', 'admin'] as const satisfies AccountRole[];

/** One account and its role, changed after a question: it logs the person out everywhere. */
export function PersonRole({
  account,
  onChanged,
}: {
  readonly account: AccountView;
  readonly onChanged: (account: AccountView) => void;
}): ReactNode {
  const t = useTranslations('planning.people');
  const [role, choose] = useState<AccountRole>(account.role);
  const [isAsking, setIsAsking] = useState(false);
  const isMe = useMe().data?.accountId === account.accountId;
  const id = useId();
  return (
    <li className="flex flex-wrap items-center justify-between gap-3 rounded-card border border-rule bg-surface px-4 py-3">
      <div className="min-w-0">
        <p className="font-semibold">{account.email}</p>
        <p className="text-sm text-muted">
          {account.name}
          {isMe && ` (${t('you')})`}
        </p>
      </div>
      <div className="flex items-center gap-2">
        <label htmlFor={id} className="sr-only">
          {t('roleOf', { email: account.email })}
        </label>
        <select
          id={id}
          value={role}
          onChange={(event) => choose(roles.find((name) => name === event.target.value) ?? account.role)}
          className="min-h-11 rounded-control border border-edge bg-surface px-3"
        >
          {roles.map((name) => (
            <option key={name} value={name}>
              {t(`role.${name}`)}
            </option>
          ))}
        </select>
        <Button tone="secondary" disabled={role === account.role} onClick={() => setIsAsking(true)}>
          {t('change')}
        </Button>
      </div>
      <Dialog isOpen={isAsking} title={t('confirmTitle')} onClose={() => setIsAsking(false)}>
        <Confirm account={account} role={role} onChanged={onChanged} onClose={() => setIsAsking(false)} />
      </Dialog>
    </li>
  );
}

function Confirm({
  account,
  role,
  onChanged,
  onClose,
}: {
  readonly account: AccountView;
  readonly role: AccountRole;
  readonly onChanged: (account: AccountView) => void;
  readonly onClose: () => void;
}): ReactNode {
  const t = useTranslations('planning.people');
  const c = useTranslations('common');
  const [isBusy, setIsBusy] = useState(false);
  const [failure, setFailure] = useState<{ problem: ProblemDocument; unknown: boolean }>();
  const change = async () => {
    setIsBusy(true);
    const result = await call(setRole, { params: { accountId: account.accountId }, body: { role } });
    setIsBusy(false);
    if (!result.ok) return setFailure(result);
    onClose();
    onChanged(result.body);
  };
  return (
    <>
      <p>{t('confirm', { email: account.email, role: t(`role.${role}`) })}</p>
      {role === 'admin' && <Notice tone="warn">{t('confirmAdmin')}</Notice>}
      {failure?.unknown === false && <ProblemNotice problem={failure.problem} />}
      {failure?.unknown === true && (
        <Notice tone="warn" isUrgent>
          {t('unknown')}
        </Notice>
      )}
      <div className="flex flex-wrap justify-end gap-2">
        <Button tone="secondary" onClick={onClose}>
          {c('cancel')}
        </Button>
        <Button isBusy={isBusy} onClick={() => void change()}>
          {t('change')}
        </Button>
      </div>
    </>
  );
}
