import type { DomainEventEnvelope } from '@urr/contracts/domain-events.ts';
import type { EventHandler } from './event-bus.ts';
import { GroupCommit } from './group-commit.ts';
import { GroupCommits } from './group-commits.ts';

/** Most events in one transaction: what a consumer locks for them, it holds until all are done. */
const mostTogether = 100;
/** More than any transport hands over at once. */
const mostWaiting = 10_000;

/**
 * A handler that digests in one transaction whatever arrived while the last one was being written. One event's fault is
 * not the others': what failed in company comes again alone.
 * `lineOf` keeps apart what must not wait for each other, such as the sale an event is about; there are as many groups
 * as it has values.
 */
export function digestTogether(
  digest: (envelopes: readonly DomainEventEnvelope[]) => Promise<void>,
  lineOf: (envelope: DomainEventEnvelope) => string = () => '',
): EventHandler {
  const groups = new GroupCommits(() => groupOfEvents(digest));
  const failed = new WeakSet<DomainEventEnvelope>();
  return async (envelope) => {
    if (failed.has(envelope)) return digest([envelope]);
    try {
      await groups.submit(lineOf(envelope), envelope);
    } catch (fault) {
      failed.add(envelope);
      throw fault;
    }
  };
}

function groupOfEvents(digest: (envelopes: readonly DomainEventEnvelope[]) => Promise<void>) {
  return new GroupCommit<DomainEventEnvelope, void>({
    groupSize: mostTogether,
    queueSize: mostWaiting,
    write: async (envelopes) => {
      await digest(envelopes);
      return envelopes.map(() => undefined);
    },
  });
}
