'use client';

import type { ProblemDocument } from '@urr/contracts/problem-document.ts';
import type { ControlRoom } from '@urr/contracts/queue-control.ts';
import type { LinePhase } from '@urr/contracts/queue.ts';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Badge } from '../../components/badge.tsx';
import { Card } from '../../components/card.tsx';
import { formatClock } from '../../design/format.ts';
import { usePageLocale } from '../../i18n/link.tsx';
import type { Locale } from '../../i18n/routing.ts';
import type { Freshness } from './freshness.ts';
import { FreshnessMark } from './freshness-mark.tsx';
import { nextMoment, phaseOf } from './line-actions.ts';

type Tone = 'neutral' | 'accent' | 'good' | 'warn' | 'bad';

const tones: Readonly<Record<LinePhase, Tone>> = {
  scheduled: 'neutral',
  lobby: 'accent',
  drawing: 'accent',
  open: 'good',
  draining: 'warn',
  paused: 'warn',
  soldout: 'accent',
  ended: 'neutral',
  cancelled: 'bad',
};

/** Where the sale stands, the server's clock, how old all this is, and what can be done about it. */
export function StatusStrip({
  room,
  nowMs,
  freshness,
  ageMs,
  problem,
  children,
}: {
  readonly room: ControlRoom;
  readonly nowMs: number;
  readonly freshness: Freshness;
  readonly ageMs: number;
  readonly problem: ProblemDocument | undefined;
  readonly children: ReactNode;
}): ReactNode {
  const t = useTranslations('control');
  const phase = phaseOf(room.phase);
  return (
    <Card className="grid gap-4">
      <h2 className="sr-only">{t('status')}</h2>
      <div className="flex flex-wrap items-center justify-between gap-x-8 gap-y-4">
        <div className="flex flex-wrap items-center gap-3">
          <Badge tone={tones[phase]}>
            <span className="text-lg">{t(`phase.${phase}`)}</span>
          </Badge>
          {room.isPaused && phase !== 'paused' && <Badge tone="warn">{t('flag.isPaused')}</Badge>}
          {room.isDraining && phase !== 'draining' && <Badge tone="warn">{t('flag.isDraining')}</Badge>}
          <FreshnessMark freshness={freshness} ageMs={ageMs} />
        </div>
        <Clocks room={room} nowMs={nowMs} />
      </div>
      {freshness === 'lost' && problem !== undefined && (
        <p className="text-sm text-muted">
          {problem.title} {problem.detail}
        </p>
      )}
      {room.isPaused && room.notice !== null && (
        <p className="rounded-control bg-warn-soft px-3 py-2 text-sm">
          <span className="font-semibold">{t('noticeShown')}</span> {room.notice.ko} · {room.notice.en}
        </p>
      )}
      {children}
    </Card>
  );
}

function Clocks({ room, nowMs }: { readonly room: ControlRoom; readonly nowMs: number }): ReactNode {
  const t = useTranslations('control');
  const locale = usePageLocale();
  const next = nextMoment(room);
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-2">
      <div>
        <dt className="text-sm text-muted">{t('clock.now')}</dt>
        <dd className="numeric text-xl font-semibold">{timeOfDay(nowMs, locale)}</dd>
      </div>
      {next !== null && (
        <div>
          <dt className="text-sm text-muted">{t(`clock.${next.what}`)}</dt>
          <dd className="numeric text-xl font-semibold">
            <Countdown toMs={Date.parse(next.at)} nowMs={nowMs} />
          </dd>
        </div>
      )}
    </dl>
  );
}

const dayMs = 86_400_000;

function Countdown({ toMs, nowMs }: { readonly toMs: number; readonly nowMs: number }): ReactNode {
  const t = useTranslations('control');
  const leftMs = Math.max(0, toMs - nowMs);
  const clock = formatClock((leftMs % dayMs) / 1000);
  return leftMs < dayMs ? clock : t('clock.days', { days: Math.floor(leftMs / dayMs), clock });
}

function timeOfDay(atMs: number, locale: Locale): string {
  return new Intl.DateTimeFormat(locale === 'ko' ? 'ko-KR' : 'en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hour12: false,
    timeZone: 'Asia/Seoul',
  }).format(new Date(atMs));
}
