'use client';

import { callRoute } from '@urr/contracts/call-route.ts';
import type { ProblemDocument } from '@urr/contracts/problem-document.ts';
import {
  readSeatLayout,
  readSeatStatus,
  type SeatStatus,
  streamSeatStatus,
} from '@urr/contracts/ticket-reads.ts';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { call } from '../../api/call.ts';
import { keptSeats, keepSeats } from './kept-choice.ts';
import { type Choice, SeatSale } from './seat-sale.ts';
import { decodeHall } from './hall.ts';
import { type Freshness, LiveStatus, type Stream } from './live-status.ts';

/** A hall on sale as it comes: loading, there, or not to be had. */
export interface LoadedSale {
  readonly sale: SeatSale | undefined;
  readonly problem: ProblemDocument | undefined;
  readonly freshness: Freshness;
  readonly reload: () => void;
}

/** Loads the hall of an event and follows its seats while the page is seen. */
export function useSeatSale(eventId: string, first: SeatStatus, limit: number): LoadedSale {
  const [sale, setSale] = useState<SeatSale>();
  const [problem, setProblem] = useState<ProblemDocument>();
  const [freshness, setFreshness] = useState<Freshness>('live');
  const [round, setRound] = useState(0);
  useEffect(() => {
    let stop = () => undefined as void;
    let isGone = false;
    const reload = () => setRound((before) => before + 1);
    void loadSale(eventId, round === 0 ? first : undefined, limit).then((loaded) => {
      if (isGone) return;
      setProblem(loaded.problem);
      setSale(loaded.sale);
      if (loaded.sale !== undefined) stop = followSale(eventId, loaded.sale, setFreshness, reload);
    });
    return () => {
      isGone = true;
      stop();
    };
  }, [eventId, first, limit, round]);
  return { sale, problem, freshness, reload: () => setRound((before) => before + 1) };
}

/** The choice of a sale; renders anew when it changes. */
export function useChoice(sale: SeatSale): Choice {
  return useSyncExternalStore(sale.subscribe, sale.choice, sale.choice);
}

async function loadSale(
  eventId: string,
  known: SeatStatus | undefined,
  limit: number,
): Promise<{ readonly sale?: SeatSale; readonly problem?: ProblemDocument }> {
  const params = { eventId };
  const status = known ?? (await readStatus(eventId));
  // Without headers of ours, so that it is the answer the page asked to be loaded in advance.
  const layout = await callRoute(
    readSeatLayout,
    { params, query: typeof status?.layout === 'string' ? { v: status.layout } : {} },
    { baseUrl: '' },
  );
  if (!layout.ok) return { problem: layout.problem };
  const sale = new SeatSale(decodeHall(layout.body), limit);
  if (status !== undefined) sale.takeStatus(status);
  sale.restore(keptSeats(eventId, sale.hall.version));
  return { sale };
}

async function readStatus(eventId: string): Promise<SeatStatus | undefined> {
  const answer = await call(readSeatStatus, { params: { eventId } });
  return answer.ok ? answer.body : undefined;
}

function followSale(
  eventId: string,
  sale: SeatSale,
  onFreshness: (freshness: Freshness) => void,
  reload: () => void,
): () => void {
  const live = new LiveStatus(
    {
      openStream: (after) => openStream(eventId, after),
      readStatus: () => readStatus(eventId),
      // Other seats than those on the map: the hall was changed.
      onStatus: (status) => (status.layout === sale.hall.version ? sale.takeStatus(status) : reload()),
      onChange: (change) => sale.takeChange(change),
      onFreshness,
    },
    sale.board.version,
  );
  const followWhileSeen = () => (document.visibilityState === 'hidden' ? live.pause() : live.follow());
  const stopKeeping = sale.subscribe(() => keepSeats(eventId, sale.hall.version, sale.choice().selection));
  document.addEventListener('visibilitychange', followWhileSeen);
  followWhileSeen();
  return () => {
    document.removeEventListener('visibilitychange', followWhileSeen);
    stopKeeping();
    live.pause();
  };
}

/** Opens the stream of an event's seats. */
export function openStream(eventId: string, after: string): Stream {
  const path = streamSeatStatus.path.replace(':eventId', eventId);
  return new EventSource(`${path}${after === '' ? '' : `?after=${encodeURIComponent(after)}`}`);
}
