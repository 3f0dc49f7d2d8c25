'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { GoogleButton } from './google-button.tsx';

/** Offers Google under a form; nothing at all where it is not configured. */
export function OrWithGoogle({
  clientId,
  next,
}: {
  readonly clientId: string | undefined;
  readonly next: `/${string}`;
}): ReactNode {
  const t = useTranslations('account.google');
  if (clientId === undefined) return null;
  return (
    <div className="mt-5 grid gap-4">
      <p className="flex items-center gap-3 text-sm text-muted before:h-px before:flex-1 before:bg-rule after:h-px after:flex-1 after:bg-rule">
        {t('or')}
      </p>
      <GoogleButton clientId={clientId} next={next} />
    </div>
  );
}
