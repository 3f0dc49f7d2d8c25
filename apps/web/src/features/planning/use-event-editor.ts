'use client';

import type { EventDetail, HallView } from '@urr/contracts/catalog-shapes.ts';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { formatCount } from '../../design/format.ts';
import { usePageLocale } from '../../i18n/link.tsx';
import type { Editor } from './editor-context.tsx';
import { gradesToPrice } from './editor-grades.ts';
import type { EventForm } from './event-form.ts';
import { type FieldFaults, readEventForm } from './read-event-form.ts';
import { refusedFields } from './refused-fields.ts';
import { sendChange, sendNewEvent, type SentEvent } from './send-event.ts';
import { type FormStart, useEventForm } from './use-event-form.ts';

/** How the last attempt to save went. */
export type SaveOutcome =
  | { readonly kind: 'none' | 'busy' | 'faulty' }
  | Exclude<SentEvent, { kind: 'saved' }>
  | { readonly kind: 'saved' };

interface Setting extends FormStart {
  readonly halls: readonly HallView[];
  readonly onSaved: (event: EventDetail) => void;
}

/** Everything an editor of an event does: typing, checking, saving, and saying what was wrong. */
export function useEventEditor({ halls, onSaved, ...start }: Setting) {
  const locale = usePageLocale();
  const faultTexts = useFaultTexts();
  const { form, base, isDirty, isRestored, isOutdated, type, restart } = useEventForm(start);
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [outcome, setOutcome] = useState<SaveOutcome>({ kind: 'none' });
  const gradesOf = (of: EventForm) => gradesToPrice(of, halls, start.event)?.map(({ grade }) => grade);

  const update: Editor['update'] = (next, ...touched) => {
    type(next);
    if (outcome.kind === 'saved' || outcome.kind === 'nothing') setOutcome({ kind: 'none' });
    // A text may have followed another: what differs is touched, too.
    const isTouched = (path: string) => touched.includes(path) || textAt(form, path) !== textAt(next, path);
    if (Object.keys(errors).some(isTouched))
      setErrors(Object.fromEntries(Object.entries(errors).filter(([path]) => !isTouched(path))));
  };
  const save = async () => {
    const reading = readEventForm(form, gradesOf(form));
    if (reading.kind === 'faulty') {
      setErrors(faultTexts.ofFaults(reading.faults));
      return setOutcome({ kind: 'faulty' });
    }
    setErrors({});
    setOutcome({ kind: 'busy' });
    const before = readEventForm(base, gradesOf(base));
    const sent =
      start.event === undefined
        ? await sendNewEvent(reading.input)
        : await sendChange(
            start.event.eventId,
            before.kind === 'complete' ? before.input : reading.input,
            reading.input,
          );
    if (sent.kind === 'refused') setErrors(faultTexts.ofRefusal(refusedFields(sent.problem, locale)));
    setOutcome(sent.kind === 'saved' ? { kind: 'saved' } : sent);
    if (sent.kind !== 'saved') return;
    restart(sent.event, reading.input.venue.hall);
    onSaved(sent.event);
  };
  const discard = () => {
    setErrors({});
    setOutcome({ kind: 'none' });
    restart(start.event, start.hall);
  };
  const editor: Editor = { form, errors, event: start.event, halls, update };
  return { editor, outcome, isDirty, isRestored, isOutdated, save, discard };
}

function textAt(form: EventForm, path: string): string | undefined {
  return Object.entries(form.texts).find(([name]) => name === path)?.[1];
}

function useFaultTexts() {
  const t = useTranslations('planning.fault');
  const locale = usePageLocale();
  const ofFaults = (faults: FieldFaults) =>
    Object.fromEntries(
      Object.entries(faults).map(([path, { code, least = 0, most = 0 }]) => [
        path,
        t(code, { least: formatCount(least, locale), most: formatCount(most, locale) }),
      ]),
    );
  const ofRefusal = (fields: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(fields).map(([path, message]) => [path, message || t('notValid')]));
  return { ofFaults, ofRefusal };
}
