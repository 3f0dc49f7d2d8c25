import type { Point } from './curve.ts';
import { placeTier, type Place } from './place-tier.ts';
import type { Flag, HallPlan, Seat, Tier } from './plan.ts';
import { contains } from './zone.ts';

const pillarFoot = 70;
const pillarHalfWidth = 30;
const pillarShadow = 450;

/** Every seat of the hall, in the order a steward would walk it: tier, row, from left to right. */
export function drawHall(plan: HallPlan): Seat[] {
  const seats = plan.tiers.flatMap((tier) => {
    const numberOf = numbering(tier);
    return placeTier(tier, plan.clear ?? []).map((place): Seat => {
      const { section, row, grade, x, y } = place;
      return { section, row, seat: numberOf(place), grade, x, y, flags: flagsOf(plan, place) };
    });
  });
  if (seats.length !== plan.seats) {
    throw new RangeError(`${plan.name}: its tiers add up to ${seats.length}, not to ${plan.seats}`);
  }
  return seats;
}

function numbering(tier: Tier): (place: Place) => number {
  const last = new Map<string, number>();
  return ({ section, row }) => {
    const line = tier.numbering === 'per-row' ? `${row}` : `${section}/${row}`;
    const seat = (last.get(line) ?? 0) + 1;
    last.set(line, seat);
    return seat;
  };
}

function flagsOf(plan: HallPlan, place: Place): Flag[] {
  if (isBlocked(plan, place)) return ['blocked'];
  const flags: Flag[] = place.kind === 'seat' ? [] : [place.kind];
  return hasRestrictedView(plan, place) ? [...flags, 'restricted-view'] : flags;
}

function isBlocked(plan: HallPlan, place: Point): boolean {
  const atPillar = plan.pillars?.some(({ x, y }) => Math.hypot(place.x - x, place.y - y) < pillarFoot);
  return atPillar === true || (plan.blocked ?? []).some((zone) => contains(zone, place));
}

function hasRestrictedView(plan: HallPlan, place: Point): boolean {
  const fromBackWall = ({ x, y }: Point): Point => ({ x, y: y + plan.stageDepth });
  const seen = fromBackWall(place);
  const offAxis = Math.abs(Math.atan2(seen.x, seen.y)) * (180 / Math.PI);
  return (
    offAxis > plan.restrictedBeyondDegrees ||
    (plan.pillars ?? []).some((pillar) => standsBehind(fromBackWall(pillar), seen))
  );
}

/** The pillar is close, and on the line from the place to the origin. */
function standsBehind(pillar: Point, place: Point): boolean {
  const distance = Math.hypot(place.x, place.y);
  const depth = (pillar.x * place.x + pillar.y * place.y) / distance;
  const aside = Math.abs(pillar.x * place.y - pillar.y * place.x) / distance;
  return aside < pillarHalfWidth && depth < distance && distance - depth < pillarShadow;
}
