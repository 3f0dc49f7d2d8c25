import { callRoute } from '@urr/contracts/call-route.ts';
import { readLineState } from '@urr/contracts/queue.ts';
import { callOptions, type ImportTarget } from './import-target.ts';

// queue-service asks catalog for its sales about once a second.
const deadlineMs = 10_000;
const pollMs = 100;

/** Waits until the lines of published events answer. Throws when one does not within ten seconds. */
export async function waitForLines(target: ImportTarget, eventIds: readonly string[]): Promise<void> {
  await Promise.all(eventIds.map((eventId) => lineAnswers(target, eventId)));
}

async function lineAnswers(target: ImportTarget, eventId: string): Promise<void> {
  const deadline = performance.now() + deadlineMs;
  for (;;) {
    const state = await callRoute(readLineState, { params: { eventId } }, callOptions(target));
    if (state.ok) return;
    if (performance.now() > deadline)
      throw new Error(`The line of event ${eventId} does not answer: ${state.problem.code}`);
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}
