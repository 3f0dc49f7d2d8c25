'use client';

import { logIn } from '@urr/contracts/auth.ts';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { call } from '../../api/call.ts';
import { Link, usePageLocale } from '../../i18n/link.tsx';
import { signInFaults } from './credentials.ts';
import { finishSignIn } from './finish-sign-in.ts';
import { EmailField } from './email-field.tsx';
import { FormFoot } from './form-foot.tsx';
import { PasswordField } from './password-field.tsx';
import { useAccountForm } from './use-account-form.ts';
import { useFaultText } from './use-fault-text.ts';

/** Signs in with mail and password, and goes on to `next`. */
export function LogInForm({ next }: { readonly next: `/${string}` }): ReactNode {
  const t = useTranslations('account');
  const locale = usePageLocale();
  const { faults, submit, ...foot } = useAccountForm<typeof logIn>({
    check: ({ email = '', password = '' }) => signInFaults({ email, password }),
    send: ({ email = '', password = '' }) => call(logIn, { body: { email, password } }),
    onDone: ({ account }) => finishSignIn(account, next, locale),
  });
  const fault = useFaultText(faults);
  return (
    <form method="post" noValidate onSubmit={submit} className="grid gap-4">
      <EmailField error={fault('email')} />
      <PasswordField
        label={t('password.label')}
        name="password"
        autoComplete="current-password"
        required
        error={fault('password')}
      />
      <FormFoot {...foot}>{t('logIn.submit')}</FormFoot>
      <p className="text-center">
        <Link
          href="/forgot-password"
          className="inline-flex min-h-11 items-center px-1 text-accent underline underline-offset-4"
        >
          {t('logIn.forgot')}
        </Link>
      </p>
    </form>
  );
}
