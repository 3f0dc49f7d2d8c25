'use client';

import { changePassword } from '@urr/contracts/auth.ts';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { call } from '../../api/call.ts';
import { LinkButton } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { credentialFaults, passwordLength } from './credentials.ts';
import { FormFoot } from './form-foot.tsx';
import { notePasswordChanged } from './password-changed.ts';
import { PasswordField } from './password-field.tsx';
import { useAccountForm } from './use-account-form.ts';
import { useFaultText } from './use-fault-text.ts';

/** Changes the password; with `next` it goes on there, else it says that it is done. */
export function ChangePasswordForm({
  email,
  next,
}: {
  /** For password managers: whose password it is. */
  readonly email: string;
  readonly next: `/${string}` | undefined;
}): ReactNode {
  const t = useTranslations('account');
  const [isDone, setDone] = useState(false);
  const { faults, submit, ...foot } = useAccountForm<typeof changePassword>({
    check: ({ currentPassword = '', newPassword = '' }) => credentialFaults({ currentPassword, newPassword }),
    send: ({ currentPassword = '', newPassword = '' }) =>
      call(changePassword, { body: { currentPassword, newPassword } }),
    onDone: (_answer, form) => Promise.resolve(finish(form, next, () => setDone(true))),
  });
  const fault = useFaultText(faults);
  return (
    <form method="post" noValidate onSubmit={submit} className="grid gap-4">
      {isDone && (
        <Notice
          tone="good"
          title={t('changePassword.done')}
          action={
            <LinkButton tone="secondary" href="/account">
              {t('backToAccount')}
            </LinkButton>
          }
        >
          {t('changePassword.doneDetail')}
        </Notice>
      )}
      <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
      <PasswordField
        label={t('changePassword.current')}
        name="currentPassword"
        autoComplete="current-password"
        required
        error={fault('currentPassword')}
      />
      <PasswordField
        label={t('changePassword.new')}
        hint={t('password.rule', passwordLength)}
        name="newPassword"
        autoComplete="new-password"
        required
        error={fault('newPassword')}
      />
      <FormFoot {...foot} unknownText={t('changePassword.unknown')}>
        {t('changePassword.submit')}
      </FormFoot>
    </form>
  );
}

function finish(form: HTMLFormElement, next: string | undefined, note: () => void): 'stay' | 'leave' {
  if (next !== undefined) {
    notePasswordChanged(window.sessionStorage);
    window.location.assign(next);
    return 'leave';
  }
  form.reset();
  note();
  return 'stay';
}
