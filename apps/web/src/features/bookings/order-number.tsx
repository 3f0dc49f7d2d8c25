'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useState } from 'react';

/** How long the button says that it has copied. Milliseconds. */
const saidMs = 3_000;

/** The order number in one piece, and a button that copies it. */
export function OrderNumber({ orderId }: { readonly orderId: string }): ReactNode {
  const t = useTranslations('bookings.receipt');
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), saidMs);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = () => {
    void navigator.clipboard.writeText(orderId).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <div className="text-sm">
      <div className="flex items-center justify-between gap-4">
        <span className="text-muted">{t('order')}</span>
        {/* Browsers copy over a secure connection alone. */}
        {'clipboard' in navigator && (
          <button
            type="button"
            onClick={copy}
            className="-my-2 min-h-11 px-1 font-semibold text-accent underline-offset-4 hover:underline"
          >
            {isCopied ? `✓ ${t('copied')}` : t('copy')}
          </button>
        )}
      </div>
      <p className="numeric overflow-x-auto font-medium whitespace-nowrap select-all">{orderId}</p>
      <output className="sr-only">{isCopied ? t('copied') : ''}</output>
    </div>
  );
}
