import type { DomainEventEnvelope } from '@urr/contracts/domain-events.ts';
import type { EventHandler } from './event-bus.ts';
import { GroupCommit } from './group-commit.ts';

/** Most events in one transaction: what a consumer locks for them, it holds until all are done. */
const mostTogether = 100;
/** More than any transport hands over at once. */
const mostWaiting = 10_000;

/**
 * A handler that digests in one transaction whatever arrived while the last one was being written. `digest` is given
 * events of different subjects; one event's fault is not the others': what failed in company comes again alone.
 */
export function digestTogether(
  digest: (envelopes: readonly DomainEventEnvelope[]) => Promise<void>,
): EventHandler {
  const together = new GroupCommit<DomainEventEnvelope, void>({
    groupSize: mostTogether,
    queueSize: mostWaiting,
    write: async (envelopes) => {
      await digest(envelopes);
      return envelopes.map(() => undefined);
    },
  });
  const failed = new WeakSet<DomainEventEnvelope>();
  return async (envelope) => {
    if (failed.has(envelope)) return digest([envelope]);
    try {
      await together.submit(envelope);
    } catch (fault) {
      failed.add(envelope);
      throw fault;
    }
  };
}
