'use client';

import type { EventDetail, HallView } from '@urr/contracts/catalog-shapes.ts';
import { createContext, type ReactNode, useContext } from 'react';
import type { EventForm } from './event-form.ts';

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
