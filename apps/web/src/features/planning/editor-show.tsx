'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useEditor } from './editor-context.tsx';
import { ParagraphField, TextField } from './editor-fields.tsx';
import { EditorSection } from './editor-section.tsx';

/** What the show is. */
export function EditorShow(): ReactNode {
  const t = useTranslations('planning.editor');
  const { event } = useEditor();
  const isMade = event !== undefined;
  return (
    <EditorSection title={t('sections.show')}>
      <div className="grid items-start gap-4 md:grid-cols-2">
        <TextField path="title.ko" />
        <TextField path="title.en" />
        <div className="md:col-span-2">
          <TextField path="slug" isDisabled={isMade} hint={isMade ? t('fixed.slug') : undefined} />
        </div>
        <ParagraphField path="description.ko" />
        <ParagraphField path="description.en" />
        <TextField path="runningMinutes" />
        <TextField path="ageLimit" />
      </div>
    </EditorSection>
  );
}
