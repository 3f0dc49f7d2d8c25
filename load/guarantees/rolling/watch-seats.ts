import { setTimeout as sleep } from 'node:timers/promises';
import { callRoute } from '@urr/contracts/call-route.ts';
import { readSeatStatus } from '@urr/contracts/ticket-reads.ts';
import { applyEvents, readStream, seatStates } from '@urr/testkit/seat-stream.ts';

/** Somebody who looks at a seat map and lets the browser reconnect. */
export interface SeatWatcher {
  /** Times the stream was opened again. */
  reconnections(): number;
  /** Longest time without a stream. Milliseconds. */
  longestGapMs(): number;
  /** What the map shows now. */
  drawn(): readonly number[];
  close(): Promise<void>;
}

const reconnectMs = 200;

/** Opens the stream of an event's seats and draws what it says, from the first status on. */
export function watchSeats(gatewayUrl: string, eventId: string, seats: number): SeatWatcher {
  let isClosed = false;
  let drawn: number[] = Array.from({ length: seats }, () => 0);
  let opened = 0;
  let longestGapMs = 0;
  let lastEventId: string | undefined;
  let current: Awaited<ReturnType<typeof readStream>> | undefined;
  const url = `${gatewayUrl}/api/v1/seats/events/${eventId}/stream`;
  const follow = async () => {
    let goneAtMs = performance.now();
    while (!isClosed) {
      const headers: Record<string, string> =
        lastEventId === undefined ? {} : { 'last-event-id': lastEventId };
      const stream = await readStream(url, headers).catch(() => undefined);
      if (stream?.response.ok !== true) {
        await sleep(reconnectMs);
        continue;
      }
      if (opened > 0) longestGapMs = Math.max(longestGapMs, performance.now() - goneAtMs);
      opened += 1;
      current = stream;
      let seen = 0;
      while (!stream.reader.isOver && !isClosed) {
        const fresh = stream.events.slice(seen);
        seen += fresh.length;
        drawn = applyEvents(drawn, fresh);
        lastEventId = fresh.at(-1)?.id ?? lastEventId;
        await sleep(50);
      }
      drawn = applyEvents(drawn, stream.events.slice(seen));
      lastEventId = stream.events.at(-1)?.id ?? lastEventId;
      goneAtMs = performance.now();
    }
  };
  const following = follow();
  return {
    reconnections: () => Math.max(0, opened - 1),
    longestGapMs: () => longestGapMs,
    drawn: () => drawn,
    close: async () => {
      isClosed = true;
      await current?.close();
      await following;
    },
  };
}

/** The seats as the platform says when it is asked. */
export async function askSeats(gatewayUrl: string, eventId: string, seats: number): Promise<number[]> {
  const status = await callRoute(readSeatStatus, { params: { eventId } }, { baseUrl: gatewayUrl });
  if (!status.ok) throw new Error(`The status was refused: ${status.problem.code}`);
  return seatStates(status.body, seats);
}
