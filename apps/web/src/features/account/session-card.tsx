'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { useKoreanTime } from '../../design/use-korean-time.ts';
import { deviceName } from './device-name.ts';
import type { Session } from './session.ts';

/** One sign-in on one device. */
export function SessionCard({
  session,
  isEnding,
  onEnd,
}: {
  readonly session: Session;
  readonly isEnding: boolean;
  readonly onEnd: () => void;
}): ReactNode {
  const t = useTranslations('account.sessions');
  const { shortMoment } = useKoreanTime();
  const { browser, system } = deviceName(session.userAgent);
  const name = [browser, system].filter((part) => part !== undefined).join(' · ') || t('unknownDevice');
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-3 rounded-card border border-rule bg-surface p-5 shadow-card">
      <div className="grid min-w-0 gap-0.5">
        <p className="flex flex-wrap items-center gap-2 font-semibold">
          {name}
          {session.current && <Badge tone="good">{t('current')}</Badge>}
        </p>
        <p className="text-sm text-muted">{t('lastUsed', { at: shortMoment(session.lastUsedAt) })}</p>
        <p className="flex flex-wrap gap-x-3 text-sm text-muted">
          <span>{t('since', { at: shortMoment(session.createdAt) })}</span>
          <span>{session.address}</span>
        </p>
      </div>
      {!session.current && (
        <Button
          tone="secondary"
          isBusy={isEnding}
          onClick={onEnd}
          aria-label={t('endLabel', { device: name })}
        >
          {t('end')}
        </Button>
      )}
    </li>
  );
}
