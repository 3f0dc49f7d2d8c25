'use client';

import type { LineControl } from '@urr/contracts/queue-control.ts';
import { useState } from 'react';
import { type PaceLimits, readDraft } from './pace-draft.ts';
import { type PaceLeap, paceLeapOf } from './pace-leap.ts';
import { useLineControl } from './use-line-control.ts';

interface Setting {
  readonly eventId: string;
  readonly current: number;
  readonly limits: PaceLimits;
  readonly toControl: (value: number) => LineControl;
  readonly onApplied: (value: number) => void;
}

/** One number of the line being changed: what is typed, the leap that is asked about, and how applying it went. */
export function usePaceChange({ eventId, current, limits, toControl, onApplied }: Setting) {
  const [text, setText] = useState<string | null>(null);
  const [leap, setLeap] = useState<PaceLeap | null>(null);
  const { isBusy, fault, change, forgetFault } = useLineControl(eventId);
  const draft = readDraft(text, current, limits);
  const put = (wanted: string | null) => {
    setText(wanted);
    forgetFault();
  };
  const send = async () => {
    if (draft.kind !== 'changed' || !(await change(toControl(draft.value)))) return;
    setText(null);
    setLeap(null);
    onApplied(draft.value);
  };
  const apply = () => void send();
  const askOrApply = () => {
    const found = draft.kind === 'changed' ? paceLeapOf(current, draft.value) : null;
    setLeap(found);
    if (found === null) apply();
  };
  return { text, draft, leap, isBusy, fault, put, apply, askOrApply, cancelLeap: () => setLeap(null) };
}
