'use client';

import { askPasswordReset } from '@urr/contracts/auth-recovery.ts';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { call } from '../../api/call.ts';
import { LinkButton } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { credentialFaults } from './credentials.ts';
import { EmailField } from './email-field.tsx';
import { FormFoot } from './form-foot.tsx';
import { useAccountForm } from './use-account-form.ts';
import { useFaultText } from './use-fault-text.ts';

/** Asks for a link to a new password. What follows is the same whether the address has an account or not. */
export function ForgotPasswordForm(): ReactNode {
  const t = useTranslations('account');
  const [isDone, setDone] = useState(false);
  const { faults, submit, ...foot } = useAccountForm<typeof askPasswordReset>({
    check: ({ email = '' }) => credentialFaults({ email }),
    send: ({ email = '' }) => call(askPasswordReset, { body: { email } }),
    onDone: () => {
      setDone(true);
      return Promise.resolve('stay');
    },
  });
  const fault = useFaultText(faults);
  return (
    <form method="post" noValidate onSubmit={submit} className="grid gap-4">
      {isDone ? (
        <Notice
          tone="good"
          title={t('forgot.done')}
          action={
            <LinkButton tone="secondary" href="/login">
              {t('forgot.back')}
            </LinkButton>
          }
        >
          {t('forgot.doneDetail')}
        </Notice>
      ) : (
        <p>{t('forgot.lead')}</p>
      )}
      <EmailField error={fault('email')} />
      <FormFoot {...foot}>{t('forgot.submit')}</FormFoot>
    </form>
  );
}
