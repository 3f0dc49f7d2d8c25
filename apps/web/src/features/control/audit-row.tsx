'use client';

import type { readControlAudit } from '@urr/contracts/queue-control.ts';
import type { AnswerOf } from '@urr/contracts/route-contract.ts';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { formatCount } from '../../design/format.ts';
import { usePageLocale } from '../../i18n/link.tsx';
import { actorKind, type AuditChange, auditChanges } from './audit-changes.ts';
import { exactMoment } from './exact-moment.ts';

type Entry = AnswerOf<typeof readControlAudit>['entries'][number];

const actions = ['open', 'pause', 'resume', 'drain', 'capacity', 'rate', 'create', 'schedule'] as const;

/** One change of the line: who, when, what, from before to after. */
export function AuditRow({ entry, ownId }: { readonly entry: Entry; readonly ownId: string }): ReactNode {
  const t = useTranslations('control.audit');
  const locale = usePageLocale();
  const action = actions.find((known) => entry.action === `line.${known}`);
  return (
    <li className="grid gap-1 py-3 sm:grid-cols-[13rem_minmax(0,1fr)] sm:gap-4">
      <div className="text-sm text-muted">
        <time dateTime={entry.at} className="numeric block">
          {exactMoment(entry.at, locale)}
        </time>
        <Actor actor={entry.actor} ownId={ownId} />
      </div>
      <div>
        <p className="font-semibold">{action === undefined ? entry.action : t(`action.${action}`)}</p>
        <ul className="text-sm">
          {auditChanges(entry.before, entry.after).map((change) => (
            <li key={change.kind === 'notice' ? 'notice' : change.field}>
              <ChangeText change={change} />
            </li>
          ))}
        </ul>
      </div>
    </li>
  );
}

function Actor({ actor, ownId }: { readonly actor: string; readonly ownId: string }): ReactNode {
  const t = useTranslations('control.audit.actor');
  const kind = actorKind(actor, ownId);
  if (kind === 'account') return <span title={actor}>{t('account', { id: actor.slice(-8) })}</span>;
  return <span>{t(kind)}</span>;
}

function ChangeText({ change }: { readonly change: AuditChange }): ReactNode {
  const t = useTranslations('control.audit');
  const locale = usePageLocale();
  if (change.kind === 'flag') return t(`flag.${change.field}.${change.after ? 'on' : 'off'}`);
  if (change.kind === 'notice') {
    return change.after === null
      ? t('noticeGone')
      : t('notice', { ko: change.after.ko, en: change.after.en });
  }
  const label = t(`field.${change.field}`);
  const [before, after] =
    change.kind === 'count'
      ? [
          change.before === null ? null : formatCount(change.before, locale),
          formatCount(change.after, locale),
        ]
      : [
          change.before === null ? null : exactMoment(change.before, locale),
          exactMoment(change.after, locale),
        ];
  return (
    <span className="numeric">
      {before === null ? t('set', { label, after }) : t('changed', { label, before, after })}
    </span>
  );
}
