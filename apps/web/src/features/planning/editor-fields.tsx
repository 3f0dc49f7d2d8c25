'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Field, TextArea } from '../../components/field.tsx';
import { CopyText } from './copy-text.tsx';
import { useEditor } from './editor-context.tsx';
import { fieldRules, type TextPath } from './event-fields.ts';
import { withText } from './event-form-steps.ts';

interface TextFieldProps {
  readonly path: TextPath;
  /** Instead of the field's own hint. */
  readonly hint?: string | undefined;
  readonly type?: 'text' | 'datetime-local';
  readonly isDisabled?: boolean;
}

/** One plain field of an event, by its path. */
export function TextField({ path, hint, type = 'text', isDisabled = false }: TextFieldProps): ReactNode {
  const field = useTextField(path, hint);
  const rule = fieldRules[path];
  const isTechnical = rule.kind === 'slug' || rule.kind === 'whole';
  return (
    <div data-copied>
      <Field
        {...field}
        type={type}
        disabled={isDisabled}
        className={isDisabled ? 'bg-sunken text-muted' : ''}
        {...(isTechnical ? { autoCapitalize: 'none', spellCheck: false } : {})}
        {...(rule.kind === 'whole' ? { inputMode: 'numeric' as const } : {})}
        end={<CopyText path={path} />}
      />
    </div>
  );
}

/** Several lines of an event, with how many characters there are. */
export function ParagraphField({ path }: { readonly path: 'description.ko' | 'description.en' }): ReactNode {
  const t = useTranslations('planning.editor');
  const { form } = useEditor();
  const { most } = fieldRules[path];
  const hint = t('counter', { count: form.texts[path].trim().length, most });
  return (
    <div data-copied className="relative">
      <TextArea {...useTextField(path, hint)} rows={6} />
      <div className="absolute end-0 top-0">
        <CopyText path={path} />
      </div>
    </div>
  );
}

function useTextField(path: TextPath, hint: string | undefined) {
  const t = useTranslations('planning.editor.field');
  const { form, errors, update, event } = useEditor();
  const ownHint = t.has(`${path}.hint`) ? t(`${path}.hint`) : undefined;
  const language = path.endsWith('.ko') ? { lang: 'ko' } : path.endsWith('.en') ? { lang: 'en' } : {};
  return {
    ...language,
    name: path,
    label: t(`${path}.label`),
    hint: hint ?? ownHint,
    error: errors[path],
    value: form.texts[path],
    onChange: (change: { target: { value: string } }) =>
      update(withText(form, path, change.target.value, event === undefined), path),
  };
}
