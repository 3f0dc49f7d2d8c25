import { Problem } from '@urr/platform/problem.ts';
import type { Tickets } from '../tickets.ts';

/** Whose event it is, as ticket-service says. Refuses an unknown event, and (503) what cannot be known now. */
export type OwnerOf = (eventId: string) => Promise<string | null>;

const keptMs = 60_000;
const mostKept = 1_000;

/** An owner never changes, so one that is known is kept for a minute; `null` is asked again each time. */
export function createOwnerOf(tickets: Pick<Tickets, 'ownerOf'>, nowMs = () => performance.now()): OwnerOf {
  const known = new Map<string, { ownerId: string; untilMs: number }>();
  return async (eventId) => {
    const kept = known.get(eventId);
    if (kept !== undefined && kept.untilMs > nowMs()) return kept.ownerId;
    const answer = await tickets.ownerOf(eventId);
    if (answer.kind === 'refused') throw new Problem(answer.code);
    if (answer.kind === 'unknown') throw new Problem('upstream-unavailable', { retryAfter: 1 });
    const { ownerId } = answer.value;
    if (ownerId === null) return null;
    if (known.size >= mostKept) known.clear();
    known.set(eventId, { ownerId, untilMs: nowMs() + keptMs });
    return ownerId;
  };
}
