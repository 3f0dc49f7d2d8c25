'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useState } from 'react';
import { Notice } from '../../components/notice.tsx';
import { takePasswordChanged } from './password-changed.ts';

/** Says once, on the page a changed password led to, that it is changed. */
export function PasswordChangedNotice(): ReactNode {
  const t = useTranslations('common.passwordChanged');
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    // After the first picture, which is the server's.
    const timer = setTimeout(() => setShown(takePasswordChanged(window.sessionStorage)));
    return () => clearTimeout(timer);
  }, []);
  if (!isShown) return null;
  return (
    <div className="mx-auto w-full max-w-6xl px-4 pt-4">
      <Notice tone="good" title={t('title')}>
        {t('lead')}
      </Notice>
    </div>
  );
}
