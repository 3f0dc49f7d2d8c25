'use client';

import { readControlAudit } from '@urr/contracts/queue-control.ts';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { useRoute } from '../../api/queries.tsx';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { AuditRow } from './audit-row.tsx';

const pageSize = 10;
const firstPageEveryMs = 5_000;

/** Who changed what, newest first, a page at a time. */
export function AuditTrail({
  eventId,
  ownId,
}: {
  readonly eventId: string;
  readonly ownId: string;
}): ReactNode {
  const t = useTranslations('control.audit');
  // The rows each page begins before; the first page begins at the newest.
  const [pages, setPages] = useState<readonly number[]>([]);
  const before = pages.at(-1);
  // One more than is shown tells whether there is another page.
  const query = { limit: pageSize + 1, ...(before === undefined ? {} : { before }) };
  const pace = before === undefined ? { everyMs: firstPageEveryMs } : {};
  const audit = useRoute(readControlAudit, { params: { eventId }, query }, pace);
  const rows = audit.data?.entries.slice(0, pageSize) ?? [];
  const last = rows.at(-1);
  const hasMore = (audit.data?.entries.length ?? 0) > pageSize;
  return (
    <section aria-labelledby="audit" className="grid gap-4">
      <div>
        <h2 id="audit" className="text-xl">
          {t('title')}
        </h2>
        <p className="text-sm text-muted">{t('lead')}</p>
      </div>
      {audit.error !== null && audit.data === undefined && <ProblemNotice problem={audit.error.problem} />}
      <Card className="grid gap-4">
        {audit.isPending && <Skeleton className="h-64" />}
        {audit.data !== undefined && rows.length === 0 && <p className="text-muted">{t('none')}</p>}
        <ol className="divide-y divide-rule">
          {rows.map((entry) => (
            <AuditRow key={entry.id} entry={entry} ownId={ownId} />
          ))}
        </ol>
        {(pages.length > 0 || hasMore) && (
          <nav aria-label={t('pages')} className="flex justify-between gap-3">
            <Button
              tone="secondary"
              disabled={pages.length === 0}
              onClick={() => setPages(pages.slice(0, -1))}
            >
              {t('newer')}
            </Button>
            <Button
              tone="secondary"
              disabled={!hasMore || last === undefined}
              onClick={() => last !== undefined && setPages([...pages, last.id])}
            >
              {t('older')}
            </Button>
          </nav>
        )}
      </Card>
    </section>
  );
}
