import { Problem } from '@urr/platform/problem.ts';
import { bestSeats } from '../best-seats/best-seats.ts';
import { blocksOf } from '../best-seats/blocks-of.ts';
import type { SeatBlock } from '../best-seats/seat-blocks.ts';
import type { Deps } from '../deps.ts';
import type { LiveSale } from '../live/live-sale.ts';
import { seatCode } from '../live/seat-mirror.ts';
import type { HoldAnswer } from './hold-command.ts';
import {
  type HeldReservation,
  type HoldRequest,
  refuseUnlessReplay,
  saleOf,
  settle,
} from './hold-request.ts';

type BestDeps = Pick<Deps, 'db' | 'live' | 'holds' | 'wakeRelay'>;
type BestRequest = HoldRequest & { readonly grade: string; readonly quantity: number };

/** How often another choice is tried after others were faster. */
const attempts = 6;

/** Holds the best free seats of a grade, chosen from memory and taken like any others. */
export async function reserveBestAvailable(deps: BestDeps, request: BestRequest): Promise<HeldReservation> {
  const live = await saleOf(deps, request.eventId);
  const { layout } = live.sale;
  if (layout === undefined || !live.sale.prices.has(request.grade)) throw new Problem('grade-unknown');
  const blocks = blocksOf(layout, request.grade);
  for (let attempt = 1; ; attempt += 1) {
    const seatIds = chooseSeats(deps, live, blocks, request.quantity);
    if (seatIds === undefined) return refuseUnlessReplay(deps, request, soldOut(deps, live, blocks));
    const answer = await holdChosen(deps, live, request, seatIds);
    if (answer.outcome !== 'seats-taken' || attempt === attempts) return settle(deps, live, request, answer);
  }
}

function chooseSeats(
  deps: Pick<Deps, 'live'>,
  live: LiveSale,
  blocks: readonly SeatBlock[],
  quantity: number,
): readonly number[] | undefined {
  const nowMs = deps.live.clock.nowMs();
  return bestSeats(
    blocks,
    quantity,
    (seatId) => !live.isWanted(seatId) && live.seats.codeAt(seatId, nowMs) === seatCode.available,
  );
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

function soldOut(deps: Pick<Deps, 'live'>, live: LiveSale, blocks: readonly SeatBlock[]): Problem {
  const nowMs = deps.live.clock.nowMs();
  let left = 0;
  for (const { seatIds } of blocks)
    for (const seatId of seatIds) if (live.seats.codeAt(seatId, nowMs) === seatCode.available) left += 1;
  return new Problem('grade-sold-out', { retryAfter: 5, data: { left } });
}
