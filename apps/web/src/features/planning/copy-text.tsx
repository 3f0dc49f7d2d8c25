'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useEditor } from './editor-context.tsx';
import type { TextPath } from './event-fields.ts';
import { textToCopy, withText } from './event-form-steps.ts';

/** Offers the text of the other language for a field that has none; nothing otherwise. */
export function CopyText({ path }: { readonly path: TextPath }): ReactNode {
  const t = useTranslations('planning.editor');
  const { form, update, event } = useEditor();
  const text = textToCopy(form, path);
  if (text === undefined) return null;
  const from = path.endsWith('.en') ? 'ko' : 'en';
  return (
    <button
      type="button"
      aria-label={t('copyLabel', { field: t(`field.${path}.label`), from: t(`copy.${from}`) })}
      onClick={(press) => {
        // The button goes with what it fills: who works by keyboard goes on in the field.
        const field = press.currentTarget
          .closest('[data-copied]')
          ?.querySelector<HTMLElement>('input, textarea');
        update(withText(form, path, text, event === undefined), path);
        field?.focus();
      }}
      className="min-h-11 rounded-control px-3 text-sm font-semibold text-accent underline-offset-4 hover:underline"
    >
      {t(`copy.${from}`)}
    </button>
  );
}
