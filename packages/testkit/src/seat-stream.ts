import type { SeatChange, SeatStatus } from '@urr/contracts/ticket-reads.ts';
import { packedSeatState } from '@urr/contracts/ticket-reads.ts';
import { waitUntil } from './wait-until.ts';

/** One server-sent event. */
export interface SentEvent {
  readonly id: string;
  readonly event: string;
  readonly data: string;
}

/** Reads a stream as a browser does; `state` is what it would draw. */
export async function readStream(url: string, headers: Readonly<Record<string, string>> = {}) {
  const abort = new AbortController();
  const response = await fetch(url, { headers, signal: abort.signal });
  const events: SentEvent[] = [];
  const reader = { isOver: false, retryMs: [] as number[] };
  const reading = (async () => {
    let text = '';
    for await (const bytes of response.body ?? []) {
      text += Buffer.from(bytes as Uint8Array).toString();
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) take(block, events, reader.retryMs);
    }
  })()
    .catch(() => {})
    .finally(() => (reader.isOver = true));
  return {
    response,
    events,
    reader,
    waitFor: (predicate: () => boolean) => waitUntil(predicate, { what: 'an event of the stream' }),
    close: async () => {
      abort.abort();
      await reading;
    },
  };
}

function take(block: string, events: SentEvent[], retryMs: number[]): void {
  const fields = new Map(
    block.split('\n').map((line) => [line.split(': ', 1)[0] ?? '', line.slice(line.indexOf(': ') + 2)]),
  );
  const retry = fields.get('retry');
  if (retry !== undefined) retryMs.push(Number(retry));
  const data = fields.get('data');
  if (data !== undefined) events.push({ id: fields.get('id') ?? '', event: fields.get('event') ?? '', data });
}

/** Unpacks a status. */
export function seatStates(status: Pick<SeatStatus, 'seats'>, count: number): number[] {
  const bytes = Buffer.from(status.seats, 'base64');
  return Array.from({ length: count }, (_, seatId) => packedSeatState(bytes, seatId));
}

/** What a client draws that began with `states` and saw these events. */
export function applyEvents(states: readonly number[], events: readonly SentEvent[]): number[] {
  let drawn = [...states];
  for (const { event, data } of events) {
    if (event === 'status') drawn = seatStates(JSON.parse(data) as SeatStatus, drawn.length);
    const { free, held, sold, blocked } = event === 'change' ? (JSON.parse(data) as SeatChange) : {};
    for (const [code, seatIds] of [free, held, sold, blocked].entries())
      for (const seatId of seatIds ?? []) drawn[seatId] = code;
  }
  return drawn;
}
