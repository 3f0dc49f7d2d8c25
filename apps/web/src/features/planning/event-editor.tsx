'use client';

import { useTranslations } from 'next-intl';
import type { FormEvent, ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { EditorArtist } from './editor-artist.tsx';
import { EditorProvider } from './editor-context.tsx';
import { EditorPlaces } from './editor-places.tsx';
import { EditorPoster } from './editor-poster.tsx';
import { EditorSale } from './editor-sale.tsx';
import { EditorShow } from './editor-show.tsx';
import { EditorTimes } from './editor-times.tsx';
import { SaveBar } from './save-bar.tsx';
import { SaveProblem } from './save-problem.tsx';
import type { useEventEditor } from './use-event-editor.ts';
import { useLeaveWarning } from './use-leave-warning.ts';

/** The form of an event, new or made; what was typed stays whatever the answer is. */
export function EventEditor({ editing }: { readonly editing: ReturnType<typeof useEventEditor> }): ReactNode {
  const t = useTranslations('planning.editor');
  const { editor, outcome, isDirty, save } = editing;
  useLeaveWarning(isDirty, t('leave'));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (outcome.kind !== 'busy') void save();
  };
  return (
    <EditorProvider editor={editor}>
      <form noValidate onSubmit={submit} className="grid gap-5">
        <Kept editing={editing} />
        <EditorShow />
        <EditorArtist />
        <EditorPlaces />
        <EditorTimes />
        <EditorSale />
        <EditorPoster />
        <SaveProblem outcome={outcome} />
        <SaveBar isNew={editor.event === undefined} isDirty={isDirty} outcome={outcome} />
      </form>
    </EditorProvider>
  );
}

function Kept({ editing }: { readonly editing: ReturnType<typeof useEventEditor> }): ReactNode {
  const t = useTranslations('planning.editor');
  const { editor, isRestored, isOutdated, discard } = editing;
  if (!isRestored && !isOutdated) return null;
  const isNew = editor.event === undefined;
  const discardText = isOutdated ? t('reload') : isNew ? t('discard') : t('discardEdit');
  return (
    <Notice
      tone="warn"
      action={
        <Button tone="secondary" onClick={discard}>
          {discardText}
        </Button>
      }
    >
      {isOutdated ? t('changedElsewhere') : t('restored')}
    </Notice>
  );
}
