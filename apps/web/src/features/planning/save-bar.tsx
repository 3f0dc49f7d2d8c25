'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import type { SaveOutcome } from './use-event-editor.ts';

/** Stays in sight: whether there is something to save, and the button that does it. */
export function SaveBar({
  isNew,
  isDirty,
  outcome,
}: {
  readonly isNew: boolean;
  readonly isDirty: boolean;
  readonly outcome: SaveOutcome;
}): ReactNode {
  const t = useTranslations('planning.editor');
  const said = () => {
    if (outcome.kind === 'nothing') return t('nothing');
    if (isDirty) return t('dirty');
    if (outcome.kind === 'saved') return t('saved');
    return isNew ? '' : t('clean');
  };
  return (
    <div className="sticky bottom-0 z-10 -mx-4 flex flex-wrap items-center justify-between gap-3 border-t border-rule bg-surface px-4 py-3 sm:mx-0 sm:rounded-card sm:border sm:shadow-card">
      <output className="text-sm text-muted">{said()}</output>
      <Button type="submit" isBusy={outcome.kind === 'busy'} disabled={!isNew && !isDirty}>
        {isNew ? t('saveDraft') : t('saveChange')}
      </Button>
    </div>
  );
}
