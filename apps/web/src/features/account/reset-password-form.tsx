'use client';

import { confirmPasswordReset } from '@urr/contracts/auth-recovery.ts';
import { problemDocument } from '@urr/contracts/problem-document.ts';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { call } from '../../api/call.ts';
import { noteSignedOut } from '../../api/session.ts';
import { LinkButton } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { usePageLocale } from '../../i18n/link.tsx';
import { noteDesk } from '../frame/desk-cookie.ts';
import { credentialFaults, passwordLength } from './credentials.ts';
import { FormFoot } from './form-foot.tsx';
import { PasswordField } from './password-field.tsx';
import { useAccountForm } from './use-account-form.ts';
import { useFaultText } from './use-fault-text.ts';

/** Sets a new password by the mailed link, whose token stands behind the hash: no server but the one it is for sees it. */
export function ResetPasswordForm(): ReactNode {
  const t = useTranslations('account');
  const locale = usePageLocale();
  const [isDone, setDone] = useState(false);
  const { faults, submit, ...foot } = useAccountForm<typeof confirmPasswordReset>({
    check: ({ password = '' }) => credentialFaults({ password }),
    send: ({ password = '' }) => {
      const token = window.location.hash.slice(1);
      if (token !== '') return call(confirmPasswordReset, { body: { token, password } });
      const problem = problemDocument('reset-link-over', { language: locale });
      return Promise.resolve({ ok: false, problem, unknown: false });
    },
    onDone: () => {
      forgetSession();
      setDone(true);
      return Promise.resolve('stay');
    },
  });
  const fault = useFaultText(faults);
  if (isDone) {
    return (
      <Notice
        tone="good"
        title={t('reset.done')}
        action={<LinkButton href="/login">{t('reset.logIn')}</LinkButton>}
      >
        {t('reset.doneDetail')}
      </Notice>
    );
  }
  const again = (
    <LinkButton tone="secondary" href="/forgot-password">
      {t('reset.again')}
    </LinkButton>
  );
  return (
    <form method="post" noValidate onSubmit={submit} className="grid gap-4">
      <PasswordField
        label={t('reset.new')}
        hint={t('password.rule', passwordLength)}
        name="password"
        autoComplete="new-password"
        required
        error={fault('password')}
      />
      <FormFoot
        {...foot}
        {...(foot.refusal?.problem.code === 'reset-link-over' && { action: again })}
        unknownText={t('reset.unknown')}
      >
        {t('reset.submit')}
      </FormFoot>
    </form>
  );
}

// Whoever was signed in here is not any more, and the used link need not stay in sight.
function forgetSession(): void {
  noteSignedOut();
  noteDesk(false);
  window.history.replaceState(null, '', window.location.pathname);
}
