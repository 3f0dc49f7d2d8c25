'use client';

import { getEvent } from '@urr/contracts/catalog.ts';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { useRoute } from '../../api/queries.tsx';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { Notice } from '../../components/notice.tsx';
import { usePageLocale } from '../../i18n/link.tsx';
import { EventFileFormat } from './event-file-format.tsx';
import { type EventFile, type EventFileFacts, mostEventBytes, readEventFile } from './event-file.ts';
import { EventFileOutcome } from './event-file-outcome.tsx';
import { FileDrop } from './file-drop.tsx';
import { useEventFileImport } from './use-event-file-import.ts';

/** Takes an event's JSON: shows what it says, then makes or changes the event. */
export function EventFileImport(): ReactNode {
  const t = useTranslations('planning.file');
  const [file, setFile] = useState<{ name: string; content: EventFile }>();
  const { outcome, send, reset } = useEventFileImport();
  const take = async (chosen: File) => {
    reset();
    const content =
      chosen.size > mostEventBytes ? { kind: 'too-large' as const } : readEventFile(await chosen.text());
    setFile({ name: chosen.name, content });
  };
  const content = file?.content;
  return (
    <div className="grid gap-6">
      <FileDrop
        accept=".json,application/json"
        title={file === undefined ? t('drop') : t('chosen', { name: file.name })}
        action={t('choose')}
        onFile={(chosen) => void take(chosen)}
      />
      {content?.kind === 'too-large' && (
        <Notice tone="bad" isUrgent>
          {t('tooLarge')}
        </Notice>
      )}
      {content?.kind === 'not-json' && (
        <Notice tone="bad" isUrgent>
          {content.reason === '' ? t('notJson') : t('notJsonAt', { reason: content.reason })}
        </Notice>
      )}
      {content?.kind === 'read' && (
        <Card className="grid gap-4">
          <Summary facts={content.facts} />
          <EventFileOutcome outcome={outcome} />
          <Send
            facts={content.facts}
            isBusy={outcome.kind === 'busy'}
            onSend={() => void send(content.body)}
          />
        </Card>
      )}
      <EventFileFormat />
    </div>
  );
}

function Summary({ facts }: { readonly facts: EventFileFacts }): ReactNode {
  const t = useTranslations('planning.file');
  const locale = usePageLocale();
  const places = () => {
    if (facts.hall !== undefined) return t('placesHall', { hall: facts.hall });
    return facts.pools === undefined ? t('unnamed') : t('placesPools', { count: facts.pools });
  };
  return (
    <div className="grid gap-2">
      <h2 className="text-xl">{t('summary')}</h2>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
        <dt className="text-muted">{t('eventTitle')}</dt>
        <dd>{facts.title[locale] ?? t('unnamed')}</dd>
        <dt className="text-muted">{t('slug')}</dt>
        <dd>{facts.slug ?? t('unnamed')}</dd>
        <dt className="text-muted">{t('places')}</dt>
        <dd>{places()}</dd>
      </dl>
    </div>
  );
}

function Send({
  facts,
  isBusy,
  onSend,
}: {
  readonly facts: EventFileFacts;
  readonly isBusy: boolean;
  readonly onSend: () => void;
}): ReactNode {
  const t = useTranslations('planning.file');
  const slug = /^[a-z0-9-]{1,80}$/.test(facts.slug ?? '') ? (facts.slug ?? '') : '';
  const known = useRoute(getEvent, { params: { eventId: slug } }, { isEnabled: slug !== '' });
  const isThere = known.data !== undefined;
  return (
    <div className="grid justify-items-start gap-3">
      {isThere && <p className="text-sm text-warn">{t('exists')}</p>}
      <Button isBusy={isBusy} onClick={onSend}>
        {isThere ? t('sendChange') : t('send')}
      </Button>
    </div>
  );
}
