'use client';

import { useQueryClient } from '@tanstack/react-query';
import { getEvent, importEvent } from '@urr/contracts/catalog.ts';
import type { EventInput } from '@urr/contracts/catalog-shapes.ts';
import type { ProblemDocument } from '@urr/contracts/problem-document.ts';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { forgetAttempt, keyOfAttempt } from '../../api/attempt-keys.ts';
import { call } from '../../api/call.ts';
import { usePageLocale } from '../../i18n/link.tsx';
import { localePath } from '../../i18n/routing.ts';

/** How the import of an event's file went. */
export type FileOutcome =
  | { readonly kind: 'none' | 'busy' }
  | { readonly kind: 'refused' | 'unknown'; readonly problem: ProblemDocument };

const attempt = 'import-event';

/** Imports an event's file and goes on to the event. */
export function useEventFileImport() {
  const router = useRouter();
  const locale = usePageLocale();
  const client = useQueryClient();
  const [outcome, setOutcome] = useState<FileOutcome>({ kind: 'none' });
  const send = async (body: EventInput) => {
    setOutcome({ kind: 'busy' });
    const key = keyOfAttempt(window.sessionStorage, attempt, JSON.stringify(body));
    const result = await call(importEvent, { body }, { idempotencyKey: key, deadlineMs: 20_000 });
    if (result.ok || !result.unknown) forgetAttempt(window.sessionStorage, attempt);
    if (!result.ok)
      return setOutcome({ kind: result.unknown ? 'unknown' : 'refused', problem: result.problem });
    await client.invalidateQueries({ queryKey: [getEvent.name] });
    router.push(localePath(locale, `/organiser/events/${result.body.eventId}?made=1`));
  };
  return { outcome, send, reset: () => setOutcome({ kind: 'none' }) };
}
