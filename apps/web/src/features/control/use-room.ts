'use client';

import { type ControlRoom, readControlHistory, readControlRoom } from '@urr/contracts/queue-control.ts';
import { readPaymentFigures } from '@urr/contracts/payment.ts';
import { readSaleFigures } from '@urr/contracts/ticket-figures.ts';
import { useMemo, useState } from 'react';
import { useRoute } from '../../api/queries.tsx';
import { serverOffsetMs } from '../../design/server-clock.ts';
import { type Freshness, freshnessOf } from './freshness.ts';
import { nextOffset } from './room-clock.ts';
import { type Sample, withPast, withSample } from './samples.ts';

const roomEveryMs = 1_000;
const noLineEveryMs = 2_000;
const saleEveryMs = 2_000;
const paymentsEveryMs = 4_000;
const historyEveryMs = 30_000;

/** The line as it is now. What is refused is not asked again, but a line that is not there yet will be in seconds. */
export function useRoom(eventId: string) {
  const [refusal, setRefusal] = useState<string>();
  const everyMs =
    refusal === undefined ? roomEveryMs : refusal === 'sale-not-found' ? noLineEveryMs : undefined;
  const room = useRoute(readControlRoom, { params: { eventId } }, everyMs === undefined ? {} : { everyMs });
  const problem = room.data === undefined ? room.error?.problem : undefined;
  const now = problem !== undefined && problem.status < 500 ? problem.code : undefined;
  if (now !== refusal) setRefusal(now);
  return room;
}

/** How it sells, and how payments go; each on its own, so that one that fails hides nothing else. */
export function useFigures(eventId: string) {
  const params = { eventId };
  return {
    sale: useRoute(readSaleFigures, { params }, { everyMs: saleEveryMs }),
    payments: useRoute(readPaymentFigures, { params, query: { minutes: 10 } }, { everyMs: paymentsEveryMs }),
  };
}

/** The last ten minutes: what this page saw, and where it did not look what the server remembers. */
export function useSamples(eventId: string, room: ControlRoom): readonly Sample[] {
  const history = useRoute(readControlHistory, { params: { eventId } }, { everyMs: historyEveryMs });
  const [own, setOwn] = useState<{ readonly now: string; readonly samples: readonly Sample[] }>({
    now: '',
    samples: [],
  });
  const { now, issued, serving, active } = room;
  // Taken while rendering, once an answer: an effect would draw each of them twice.
  if (own.now !== now) {
    const sample = { atMs: Date.parse(now), issued, serving, active };
    setOwn({ now, samples: withSample(own.samples, sample) });
  }
  const remembered = history.data?.samples;
  return useMemo(() => {
    const past = (remembered ?? []).map(({ at, ...counts }) => ({ atMs: Date.parse(at), ...counts }));
    return withPast(own.samples, past);
  }, [own.samples, remembered]);
}

/** What to add to the device's clock, by the answers that came. Milliseconds. */
export function useRoomOffset(now: string, receivedAtMs: number): number {
  const [known, setKnown] = useState({ now, offsetMs: serverOffsetMs(now, receivedAtMs) });
  if (known.now !== now)
    setKnown({ now, offsetMs: nextOffset(known.offsetMs, serverOffsetMs(now, receivedAtMs)) });
  return known.offsetMs;
}

interface Reading {
  readonly dataUpdatedAt: number;
  readonly failureCount: number;
  readonly isError: boolean;
}

/** Whether a reading still tells what is; `deviceNowMs` is by the device's clock, as the reading's own time is. */
export function readingFreshness(
  reading: Reading,
  which: 'room' | 'sale' | 'payments',
  deviceNowMs: number,
): Freshness {
  const everyMs = { room: roomEveryMs, sale: saleEveryMs, payments: paymentsEveryMs }[which];
  const isFailing = reading.isError || reading.failureCount > 0;
  return freshnessOf({ updatedAtMs: reading.dataUpdatedAt, isFailing, everyMs }, deviceNowMs);
}
