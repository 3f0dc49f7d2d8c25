import { Problem } from '@urr/platform/problem.ts';
import { bestSeats, countFree } from '../best-seats/best-seats.ts';
import { blocksOf, type GradeBlocks } from '../best-seats/blocks-of.ts';
import { Contention } from '../best-seats/contention.ts';
import type { Deps } from '../deps.ts';
import { findEvent } from '../live/find-event.ts';
import type { LiveSale } from '../live/live-sale.ts';
import { seatCode } from '../live/seat-mirror.ts';
import type { HoldAnswer } from './hold-command.ts';
import { type HeldReservation, type HoldRequest, refuseUnlessReplay, settle } from './hold-request.ts';
import { judgeBuyer } from './judge-buyer.ts';

type BestDeps = Pick<Deps, 'pool' | 'db' | 'live' | 'config' | 'holds' | 'wakeRelay'>;
type BestRequest = HoldRequest & { readonly grade: string; readonly quantity: number };

/** How often seats are chosen before those who were faster are believed. */
const attempts = 6;

const contention = new Contention();

/** Holds the best free seats of a grade, chosen from memory and taken like any others. */
export async function reserveBestAvailable(deps: BestDeps, request: BestRequest): Promise<HeldReservation> {
  const live = await findEvent(deps, request.eventId);
  const { layout, limitPerAccount, prices } = live.sale;
  if (layout === undefined || !prices.has(request.grade)) throw new Problem('grade-unknown');
  const verdict = request.quantity > limitPerAccount ? await judgeBuyer(deps.pool, request) : undefined;
  if (verdict !== undefined) return settle(deps, live, request, verdict);
  return holdBest(deps, live, request, blocksOf(layout, request.grade));
}

async function holdBest(
  deps: BestDeps,
  live: LiveSale,
  request: BestRequest,
  blocks: GradeBlocks,
): Promise<HeldReservation> {
  const lost = new Set<number>();
  let lostRaces = 0;
  for (let attempt = 1; ; attempt += 1) {
    const isFree = freeNow(deps, live);
    const isOpen = (seatId: number) => !live.isWanted(seatId) && !lost.has(seatId) && isFree(seatId);
    const spread = contention.spread(live, lostRaces);
    const seatIds = bestSeats(blocks, request.quantity, isOpen, spread);
    if (seatIds === undefined) {
      // What others are about to take may come back: they can still lose or be refused.
      const isOver = attempt === attempts || countFree(blocks, isFree) < request.quantity;
      if (isOver) return refuseUnlessReplay(deps, request, soldOut(countFree(blocks, isOpen)));
      lost.clear();
    } else {
      const answer = await holdChosen(deps, live, request, seatIds);
      if (answer.outcome !== 'seats-taken' || attempt === attempts)
        return settle(deps, live, request, answer);
      for (const seat of answer.detail) lost.add(seat.seatId);
      contention.noteLost(live);
      lostRaces += 1;
    }
    await contention.lookAgain(live, () => deps.live.refresh(live.sale.eventId));
  }
}

function freeNow(deps: Pick<Deps, 'live'>, live: LiveSale): (seatId: number) => boolean {
  const nowMs = deps.live.clock.nowMs();
  return (seatId) => live.seats.codeAt(seatId, nowMs) === seatCode.available;
}

// While one request waits for its group, the next one chooses other seats instead of losing the same ones.
async function holdChosen(
  deps: BestDeps,
  live: LiveSale,
  request: BestRequest,
  seatIds: readonly number[],
): Promise<HoldAnswer> {
  const release = live.want(seatIds);
  try {
    const wish = { ...request, seatIds, eventId: live.sale.eventId };
    return await deps.holds.holdSeats(wish, () => undefined);
  } finally {
    release();
  }
}

function soldOut(left: number): Problem {
  return new Problem('grade-sold-out', { retryAfter: 5, data: { left } });
}
