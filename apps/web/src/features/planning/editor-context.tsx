'use client';

import type { EventDetail, HallView } from '@urr/contracts/catalog-shapes.ts';
import { useTranslations } from 'next-intl';
import { createContext, type ReactNode, useContext } from 'react';
import { Field, TextArea } from '../../components/field.tsx';
import { fieldRules, type TextPath } from './event-fields.ts';
import type { EventForm } from './event-form.ts';
import { withText } from './event-form-steps.ts';

/** A form being edited, with what may not change and what was wrong when it was last sent. */
export interface Editor {
  readonly form: EventForm;
  /** Messages by the path of their field. */
  readonly errors: Readonly<Record<string, string>>;
  /** The event as it stands; absent while it is being made. */
  readonly event: EventDetail | undefined;
  readonly halls: readonly HallView[];
  /** Takes a new form and forgets the errors of what was touched. */
  readonly update: (form: EventForm, ...touched: readonly string[]) => void;
}

const EditorContext = createContext<Editor | undefined>(undefined);

/** Gives the parts of a form their editor. */
export function EditorProvider({
  editor,
  children,
}: {
  readonly editor: Editor;
  readonly children: ReactNode;
}): ReactNode {
  return <EditorContext value={editor}>{children}</EditorContext>;
}

/** The editor around a part of a form. */
export function useEditor(): Editor {
  const editor = useContext(EditorContext);
  if (editor === undefined) throw new Error('This part stands outside an event editor.');
  return editor;
}

/** Whether fans know of the event: from then on some of it stays. */
export function isPublished(event: EventDetail | undefined): boolean {
  return event !== undefined && event.state !== 'draft';
}

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
    <Field
      {...field}
      type={type}
      disabled={isDisabled}
      className={isDisabled ? 'bg-sunken text-muted' : ''}
      {...(isTechnical ? { autoCapitalize: 'none', spellCheck: false } : {})}
      {...(rule.kind === 'whole' ? { inputMode: 'numeric' as const } : {})}
    />
  );
}

/** Several lines of an event, with how many characters there are. */
export function ParagraphField({ path }: { readonly path: 'description.ko' | 'description.en' }): ReactNode {
  const t = useTranslations('planning.editor');
  const { form } = useEditor();
  const { most } = fieldRules[path];
  const hint = t('counter', { count: form.texts[path].trim().length, most });
  return <TextArea {...useTextField(path, hint)} rows={6} />;
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
