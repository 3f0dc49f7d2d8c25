'use client';

import type { EventDetail } from '@urr/contracts/catalog-shapes.ts';
import { useState } from 'react';
import { type EventForm, formOfDetail } from './event-form.ts';
import { forgetForm, storedForm, storeForm } from './stored-form.ts';

/** What a form begins with. */
export interface FormStart {
  /** Under which what is unsaved is kept. */
  readonly name: string;
  readonly event: EventDetail | undefined;
  /** Slug of the event's hall. */
  readonly hall: string | undefined;
  /** A form for an event that is not made yet. */
  readonly fresh: () => EventForm;
}

/** A form and what it is compared with; what is unsaved outlives the page. */
export function useEventForm({ name, event, hall, fresh }: FormStart) {
  const [base, setBase] = useState(() => (event === undefined ? fresh() : formOfDetail(event, hall)));
  const [baseVersion, setBaseVersion] = useState(event?.organiser?.version);
  const [kept] = useState(() => storedForm(window.sessionStorage, name));
  const [form, setForm] = useState(kept ?? base);
  const [isRestored, setIsRestored] = useState(kept !== undefined && !isSame(kept, base));
  const isDirty = !isSame(form, base);
  const version = event?.organiser?.version;
  // Older than what was just saved: the newer answer is on its way.
  const isOutdated = version !== undefined && baseVersion !== undefined && version > baseVersion;

  const type = (next: EventForm) => {
    setForm(next);
    storeForm(window.sessionStorage, name, next);
  };
  const show = (saved: EventDetail | undefined, savedHall: string | undefined) => {
    const next = saved === undefined ? fresh() : formOfDetail(saved, savedHall);
    setBase(next);
    setForm(next);
    setBaseVersion(saved?.organiser?.version);
  };
  const restart = (saved: EventDetail | undefined, savedHall: string | undefined) => {
    show(saved, savedHall);
    setIsRestored(false);
    forgetForm(window.sessionStorage, name);
  };
  // Nothing typed: what was changed elsewhere is simply shown.
  if (isOutdated && !isDirty) show(event, hall);
  return { base, form, isDirty, isRestored, isOutdated: isOutdated && isDirty, type, restart };
}

function isSame(one: EventForm, other: EventForm): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
