'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Field } from '../../components/field.tsx';

/** The address an account is known by, as `email`. */
export function EmailField({
  error,
  hint,
}: {
  readonly error: string | undefined;
  readonly hint?: string | undefined;
}): ReactNode {
  const t = useTranslations('account');
  return (
    <Field
      label={t('email.label')}
      name="email"
      type="email"
      inputMode="email"
      autoComplete="username"
      autoCapitalize="none"
      spellCheck={false}
      required
      hint={hint}
      error={error}
    />
  );
}
