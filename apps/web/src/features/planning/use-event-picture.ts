'use client';

import { putEventImage, removeEventImage } from '@urr/contracts/catalog-images.ts';
import type { EventDetail } from '@urr/contracts/catalog-shapes.ts';
import type { ProblemDocument } from '@urr/contracts/problem-document.ts';
import { useEffect, useState } from 'react';
import { call } from '../../api/call.ts';
import { checkPicture, type PictureCheck } from './check-picture.ts';

/** A picture that was chosen and not sent yet. */
export interface ChosenPicture {
  readonly file: File;
  /** Address of the file in this browser. */
  readonly preview: string;
}

/** How the last thing that was done went. */
export type PictureOutcome =
  | { readonly kind: 'none' | 'busy' | 'uploaded' | 'removed' | 'unreadable' | 'unknown' }
  | { readonly kind: Exclude<PictureCheck, 'fits'>; readonly size: number }
  | { readonly kind: 'refused'; readonly problem: ProblemDocument };

const uploadMs = 30_000;

/** Chooses, sends and takes away the picture of an event. */
export function useEventPicture(eventId: string, onChanged: (event: EventDetail) => void) {
  const [chosen, setChosen] = useState<ChosenPicture>();
  const [outcome, setOutcome] = useState<PictureOutcome>({ kind: 'none' });
  useEffect(() => () => URL.revokeObjectURL(chosen?.preview ?? ''), [chosen]);

  const choose = (file: File) => {
    const check = checkPicture(file);
    setChosen(check === 'fits' ? { file, preview: URL.createObjectURL(file) } : undefined);
    setOutcome(check === 'fits' ? { kind: 'none' } : { kind: check, size: file.size });
  };
  const finish = (result: Awaited<ReturnType<typeof remove>>, done: 'uploaded' | 'removed') => {
    if (!result.ok)
      return setOutcome(result.unknown ? { kind: 'unknown' } : { kind: 'refused', problem: result.problem });
    setChosen(undefined);
    setOutcome({ kind: done });
    onChanged(result.body);
  };
  const remove = () => call(removeEventImage, { params: { eventId } });
  return {
    chosen,
    outcome,
    choose,
    /** The browser could not draw the chosen file. */
    refuseUnreadable: () => {
      setChosen(undefined);
      setOutcome({ kind: 'unreadable' });
    },
    upload: async ({ file }: ChosenPicture) => {
      setOutcome({ kind: 'busy' });
      const extras = { rawBody: file, deadlineMs: uploadMs };
      finish(await call(putEventImage, { params: { eventId } }, extras), 'uploaded');
    },
    remove: async () => {
      setOutcome({ kind: 'busy' });
      finish(await remove(), 'removed');
    },
    forget: () => setChosen(undefined),
  };
}
