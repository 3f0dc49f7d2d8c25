'use client';

import { register } from '@urr/contracts/auth.ts';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { call } from '../../api/call.ts';
import { LinkButton } from '../../components/button.tsx';
import { Field } from '../../components/field.tsx';
import { usePageLocale } from '../../i18n/link.tsx';
import { credentialFaults, passwordLength } from './credentials.ts';
import { finishSignIn } from './finish-sign-in.ts';
import { EmailField } from './email-field.tsx';
import { FormFoot } from './form-foot.tsx';
import { pathWithNext } from './next-path.ts';
import { PasswordField } from './password-field.tsx';
import { useAccountForm } from './use-account-form.ts';
import { useFaultText } from './use-fault-text.ts';

/** Makes an account, which signs it in, and goes on to `next`. */
export function RegisterForm({ next }: { readonly next: `/${string}` }): ReactNode {
  const t = useTranslations('account');
  const locale = usePageLocale();
  const { faults, submit, ...foot } = useAccountForm<typeof register>({
    check: ({ email = '', name = '', password = '' }) => credentialFaults({ email, name, password }),
    send: ({ email = '', name = '', password = '' }) =>
      call(register, { body: { email, password, ...(name.trim() === '' ? {} : { name: name.trim() }) } }),
    onDone: ({ account }) => finishSignIn(account, next, locale),
  });
  const fault = useFaultText(faults);
  const logIn = (
    <LinkButton tone="secondary" href={pathWithNext('/login', next)}>
      {t('register.logInInstead')}
    </LinkButton>
  );
  const { refusal } = foot;
  const mayHaveAccount =
    refusal !== undefined && (refusal.isUnknown || refusal.problem.code === 'email-taken');
  return (
    <form method="post" noValidate onSubmit={submit} className="grid gap-4">
      <EmailField hint={t('email.hint')} error={fault('email')} />
      <PasswordField
        label={t('password.label')}
        hint={t('password.rule', passwordLength)}
        name="password"
        autoComplete="new-password"
        required
        error={fault('password')}
      />
      <Field
        label={t('name.label')}
        hint={t('name.hint')}
        name="name"
        autoComplete="name"
        error={fault('name')}
      />
      <FormFoot {...foot} {...(mayHaveAccount && { action: logIn })} unknownText={t('register.unknown')}>
        {t('register.submit')}
      </FormFoot>
    </form>
  );
}
