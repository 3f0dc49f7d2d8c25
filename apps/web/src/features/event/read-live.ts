import { readLineState, type StateDocument } from '@urr/contracts/queue.ts';
import { call } from '../../api/call.ts';

/** The sale as it is now. `left` is by grade; undefined when nobody could say. */
export interface Live {
  readonly line: StateDocument;
  readonly left: Readonly<Record<string, number | null>> | undefined;
}

/** Reads the small document everybody shares; undefined when it cannot be had. */
export async function readLive(eventId: string): Promise<Live | undefined> {
  const line = await call(readLineState, { params: { eventId } });
  if (!line.ok) return undefined;
  return { line: line.body, left: line.body.stock ?? (await leftByGrade(eventId)) };
}

// The shared document leaves the stock out where it has no room for it.
async function leftByGrade(eventId: string): Promise<Live['left']> {
  const { getEvent } = await import('@urr/contracts/catalog.ts');
  const event = await call(getEvent, { params: { eventId } });
  return event.ok ? Object.fromEntries(event.body.grades.map(({ grade, left }) => [grade, left])) : undefined;
}
