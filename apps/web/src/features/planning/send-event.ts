import { changeEvent, createEvent } from '@urr/contracts/catalog.ts';
import type { EventDetail, EventInput } from '@urr/contracts/catalog-shapes.ts';
import type { ProblemDocument } from '@urr/contracts/problem-document.ts';
import { forgetAttempt, keyOfAttempt } from '../../api/attempt-keys.ts';
import { call } from '../../api/call.ts';
import { changeBetween } from './event-change.ts';

/** What became of an event that was sent. */
export type SentEvent =
  | { readonly kind: 'saved'; readonly event: EventDetail }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'refused' | 'unknown'; readonly problem: ProblemDocument };

const attempt = 'create-event';

/** Makes a draft. Sent again after a lost answer, the same draft is the same event. */
export async function sendNewEvent(body: EventInput): Promise<SentEvent> {
  const key = keyOfAttempt(window.sessionStorage, attempt, JSON.stringify(body));
  const result = await call(createEvent, { body }, { idempotencyKey: key });
  if (result.ok || !result.unknown) forgetAttempt(window.sessionStorage, attempt);
  if (result.ok) return { kind: 'saved', event: result.body };
  return { kind: result.unknown ? 'unknown' : 'refused', problem: result.problem };
}

/** Sends what differs between two readings of an event. */
export async function sendChange(eventId: string, before: EventInput, after: EventInput): Promise<SentEvent> {
  const body = changeBetween(before, after);
  if (body === undefined) return { kind: 'nothing' };
  // A published event's answer waits for its places.
  const result = await call(changeEvent, { params: { eventId }, body }, { deadlineMs: 20_000 });
  if (result.ok) return { kind: 'saved', event: result.body };
  return { kind: result.unknown ? 'unknown' : 'refused', problem: result.problem };
}
