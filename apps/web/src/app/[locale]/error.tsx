'use client';

import type { ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { usePageLocale } from '../../i18n/link.tsx';

const texts = {
  ko: {
    title: '페이지를 표시하지 못했습니다',
    detail: '잠시 후 다시 시도해 주세요. 예매와 결제 내역은 그대로 남아 있습니다.',
    retry: '다시 시도',
  },
  en: {
    title: 'This page could not be shown',
    detail: 'Try again in a moment. What you booked and paid is untouched.',
    retry: 'Try again',
  },
} as const;

/** What a page shows when it failed. Its texts stand here: what failed may be the loading of texts. */
export default function ErrorPage({ reset }: { readonly reset: () => void }): ReactNode {
  const text = texts[usePageLocale()];
  return (
    <div className="mx-auto max-w-xl px-4 py-14">
      <Notice tone="warn" title={text.title} isUrgent action={<Button onClick={reset}>{text.retry}</Button>}>
        {text.detail}
      </Notice>
    </div>
  );
}
