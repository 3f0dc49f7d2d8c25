import type pg from 'pg';
import { type DeadLetter, readDeadLetters, requestReplay, type Selection } from './dead-letters.ts';

const pollMs = 200;

/** Asks for replays and watches them for `patienceMs`; answers how each event asked for stands then. */
export async function replayAndWatch(
  client: pg.Client,
  selection: Selection,
  patienceMs: number,
): Promise<DeadLetter[]> {
  const asked = await requestReplay(client, selection);
  const isAsked = new Set(asked.map(({ consumer, eventId }) => `${consumer} ${eventId}`));
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const letters = await readDeadLetters(
      client,
      asked.map(({ eventId }) => eventId),
    );
    const mine = letters.filter(({ consumer, eventId }) => isAsked.has(`${consumer} ${eventId}`));
    const isDone = mine.every((letter) => letter.state !== 'replay asked for');
    if (isDone || performance.now() > deadline) return mine;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}
