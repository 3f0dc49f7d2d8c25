'use client';

import { imageTypes } from '@urr/contracts/catalog-images.ts';
import type { EventDetail } from '@urr/contracts/catalog-shapes.ts';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { usePageLocale } from '../../i18n/link.tsx';
import { Poster } from '../posters/poster.tsx';
import { megabytesOf } from './check-picture.ts';
import { EditorSection } from './editor-section.tsx';
import { FileDrop } from './file-drop.tsx';
import { type PictureOutcome, useEventPicture } from './use-event-picture.ts';

/** The organiser's own picture of an event: what is shown now, and another one chosen, looked at and sent. */
export function PictureCard({
  event,
  onChanged,
}: {
  readonly event: EventDetail;
  readonly onChanged: (event: EventDetail) => void;
}): ReactNode {
  const t = useTranslations('planning.picture');
  const picture = useEventPicture(event.eventId, onChanged);
  const { chosen, outcome } = picture;
  const isBusy = outcome.kind === 'busy';
  return (
    <EditorSection title={t('title')} lead={t('lead')}>
      <div className="grid gap-6 sm:grid-cols-[1fr_14rem] sm:items-start">
        <div className="grid gap-4">
          {chosen === undefined ? (
            <FileDrop
              accept={imageTypes.join()}
              title={t('drop')}
              hint={t('hint')}
              action={t('choose')}
              onFile={picture.choose}
            />
          ) : (
            <Chosen
              file={chosen.file}
              isBusy={isBusy}
              onUpload={() => void picture.upload(chosen)}
              onForget={picture.forget}
            />
          )}
          <Outcome outcome={outcome} />
          {chosen === undefined && event.image !== undefined && (
            <Button
              tone="secondary"
              isBusy={isBusy}
              className="justify-self-start"
              onClick={() => void picture.remove()}
            >
              {t('remove')}
            </Button>
          )}
        </div>
        <Shown event={event} preview={chosen?.preview} onUnreadable={picture.refuseUnreadable} />
      </div>
    </EditorSection>
  );
}

function Chosen({
  file,
  isBusy,
  onUpload,
  onForget,
}: {
  readonly file: File;
  readonly isBusy: boolean;
  readonly onUpload: () => void;
  readonly onForget: () => void;
}): ReactNode {
  const t = useTranslations('planning.picture');
  return (
    <div className="grid justify-items-start gap-3">
      <p className="font-medium break-all">
        {t('chosen', { name: file.name, size: Math.ceil(file.size / 1024) })}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button isBusy={isBusy} onClick={onUpload}>
          {t('upload')}
        </Button>
        <Button tone="secondary" disabled={isBusy} onClick={onForget}>
          {t('another')}
        </Button>
      </div>
    </div>
  );
}

function Shown({
  event,
  preview,
  onUnreadable,
}: {
  readonly event: EventDetail;
  readonly preview: string | undefined;
  readonly onUnreadable: () => void;
}): ReactNode {
  const t = useTranslations('planning.picture');
  const locale = usePageLocale();
  return (
    <figure className="grid gap-2 justify-self-center sm:justify-self-stretch">
      {preview === undefined ? (
        <Poster
          slug={event.slug}
          palette={event.poster.palette}
          title={event.title[locale]}
          image={event.image}
          className="w-56 sm:w-full"
        />
      ) : (
        <img
          src={preview}
          alt=""
          onError={onUnreadable}
          className="aspect-[3/4] w-56 rounded-card object-cover shadow-card sm:w-full"
        />
      )}
      <figcaption className="text-center text-sm text-muted">
        {preview === undefined ? t(event.image === undefined ? 'drawn' : 'current') : t('preview')}
      </figcaption>
    </figure>
  );
}

function Outcome({ outcome }: { readonly outcome: PictureOutcome }): ReactNode {
  const t = useTranslations('planning.picture');
  switch (outcome.kind) {
    case 'none':
    case 'busy':
      return null;
    case 'uploaded':
    case 'removed':
      return <Notice tone="good">{t(outcome.kind)}</Notice>;
    case 'unknown':
      return (
        <Notice tone="warn" isUrgent>
          {t('unknown')}
        </Notice>
      );
    case 'unreadable':
    case 'wrong-type':
      return (
        <Notice tone="bad" isUrgent>
          {t(outcome.kind === 'unreadable' ? 'unreadable' : 'wrongType')}
        </Notice>
      );
    case 'too-large':
      return (
        <Notice tone="bad" isUrgent>
          {t('tooLarge', { size: megabytesOf(outcome.size) })}
        </Notice>
      );
    case 'refused':
      return <ProblemNotice problem={outcome.problem} />;
  }
}
