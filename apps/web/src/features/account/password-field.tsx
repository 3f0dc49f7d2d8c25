'use client';

import { useTranslations } from 'next-intl';
import { type ComponentProps, type ReactNode, useState } from 'react';
import { Field } from '../../components/field.tsx';

/** A password with a button that shows what was typed. */
export function PasswordField(props: Omit<ComponentProps<typeof Field>, 'end' | 'type'>): ReactNode {
  const t = useTranslations('account.password');
  const [isShown, setShown] = useState(false);
  return (
    <Field
      {...props}
      type={isShown ? 'text' : 'password'}
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      className="pe-20"
      end={
        <button
          type="button"
          aria-label={isShown ? t('hideLabel') : t('showLabel')}
          onClick={() => setShown(!isShown)}
          className="min-h-11 min-w-11 rounded-control px-3 text-sm font-semibold text-accent underline-offset-4 hover:underline"
        >
          {isShown ? t('hide') : t('show')}
        </button>
      }
    />
  );
}
