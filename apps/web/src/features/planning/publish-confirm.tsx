'use client';

import { publishEvent } from '@urr/contracts/catalog.ts';
import type { EventDetail } from '@urr/contracts/catalog-shapes.ts';
import type { ProblemDocument } from '@urr/contracts/problem-document.ts';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { call } from '../../api/call.ts';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { formatMoment } from '../../design/format.ts';
import { usePageLocale } from '../../i18n/link.tsx';
import { refusedFields } from './refused-fields.ts';

interface Props {
  readonly event: EventDetail;
  readonly hasOpened: boolean;
  readonly onClose: () => void;
  readonly onPublished: (event: EventDetail) => void;
}

/** Says what becomes fixed, then publishes. */
export function PublishConfirm({ event, hasOpened, onClose, onPublished }: Props): ReactNode {
  const t = useTranslations('planning.own');
  const [isBusy, setIsBusy] = useState(false);
  const [failure, setFailure] = useState<{ problem: ProblemDocument; unknown: boolean }>();
  const publish = async () => {
    setIsBusy(true);
    // The answer waits for the places.
    const result = await call(publishEvent, { params: { eventId: event.eventId } }, { deadlineMs: 20_000 });
    setIsBusy(false);
    if (!result.ok) return setFailure(result);
    onClose();
    onPublished(result.body);
  };
  return (
    <>
      <Fixed event={event} hasOpened={hasOpened} />
      {failure !== undefined && <Failure {...failure} />}
      <div className="flex flex-wrap justify-end gap-2">
        <Button tone="secondary" onClick={onClose}>
          {t('notNow')}
        </Button>
        <Button isBusy={isBusy} onClick={() => void publish()}>
          {t('confirmPublish')}
        </Button>
      </div>
    </>
  );
}

function Fixed({ event, hasOpened }: Pick<Props, 'event' | 'hasOpened'>): ReactNode {
  const t = useTranslations('planning.own');
  const locale = usePageLocale();
  return (
    <div className="grid gap-3">
      {hasOpened ? (
        <Notice tone="warn">{t('confirmNow')}</Notice>
      ) : (
        <p className="numeric">{t('confirmOpens', { moment: formatMoment(event.sale.opensAt, locale) })}</p>
      )}
      <div>
        <p className="font-semibold">{t('confirmFixed')}</p>
        <ul className="list-disc ps-5">
          <li>{event.venue.hallId === null ? t('fixedPools') : t('fixedHall')}</li>
          <li>{t('fixedOpening')}</li>
          <li>{t('fixedSlug')}</li>
        </ul>
      </div>
      <p className="text-sm text-muted">{t('notFixed')}</p>
    </div>
  );
}

function Failure({
  problem,
  unknown,
}: {
  readonly problem: ProblemDocument;
  readonly unknown: boolean;
}): ReactNode {
  const t = useTranslations('planning.own');
  const locale = usePageLocale();
  if (unknown)
    return (
      <Notice tone="warn" isUrgent>
        {t('publishUnknown')}
      </Notice>
    );
  const reasons = Object.entries(refusedFields(problem, locale));
  return (
    <div className="grid gap-2">
      <ProblemNotice problem={problem} />
      {reasons.length > 0 && (
        <ul className="list-disc ps-5 text-sm">
          {reasons.map(([path, message]) => (
            <li key={path}>{message}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
