import { type Arrival, type ArrivalPlan, drawArrival } from './arrival.ts';
import { derivedSeed, type Random, seededRandom } from './engine/random.ts';

/** How a buyer gives a hold up. */
type Abandonment = 'lets-expire' | 'cancels';
/** What happens at the provider. */
export type PaymentCourse = 'smooth' | 'declined-first' | 'provider-silent' | 'provider-error-after-commit';
/** How a buyer finds seats. */
type SeatTaste = 'front' | 'anywhere' | 'best-available';

/** Everything drawn about a fan before the run; the same seed makes the same fans. */
export interface FanProfile {
  readonly index: number;
  readonly email: string;
  /** The address the fan comes from, as the proxy in front reports it. */
  readonly address: string;
  readonly arrival: Arrival;
  readonly quantity: number;
  readonly leavesLine: boolean;
  readonly reloads: boolean;
  readonly doubleClicks: boolean;
  readonly hasTwoTabs: boolean;
  readonly hasTwoDevices: boolean;
  readonly taste: SeatTaste;
  /** How often a lost race is tried again before the fan gives up. */
  readonly patience: number;
  readonly abandonment: Abandonment | undefined;
  readonly payment: PaymentCourse;
  readonly acceptsEqualSeats: boolean;
}

/** A fan: the profile and the draws still to come. */
export interface Fan {
  readonly profile: FanProfile;
  readonly random: Random;
}

const quantityWeights = [22, 52, 12, 14];

/** Draws the fans of a run, in order of arrival. */
export function drawPopulation(fans: number, seed: number, plan: ArrivalPlan): Fan[] {
  const population = Array.from({ length: fans }, (_, index) => drawFan(index, seed, plan));
  return population.toSorted((left, right) => left.profile.arrival.offsetMs - right.profile.arrival.offsetMs);
}

function drawFan(index: number, seed: number, plan: ArrivalPlan): Fan {
  const random = seededRandom(derivedSeed(seed, index));
  const arrival = drawArrival(random, plan);
  const profile = {
    index,
    email: `fan-${seed}-${index}@drill.example`,
    address: `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`,
    arrival,
    quantity: 1 + random.weighted(quantityWeights),
    leavesLine: random.chance(0.05),
    reloads: random.chance(0.15),
    doubleClicks: random.chance(0.1),
    hasTwoTabs: random.chance(0.08),
    hasTwoDevices: random.chance(0.04),
    taste: tastes[random.weighted([55, 20, 25])] ?? 'front',
    patience: random.between(4, 9),
    abandonment: drawAbandonment(random),
    payment: drawPayment(random),
    acceptsEqualSeats: random.chance(0.5),
  };
  return { profile, random };
}

const tastes: readonly SeatTaste[] = ['front', 'anywhere', 'best-available'];

function drawAbandonment(random: Random): Abandonment | undefined {
  if (!random.chance(0.07)) return undefined;
  return random.chance(0.5) ? 'lets-expire' : 'cancels';
}

function drawPayment(random: Random): PaymentCourse {
  const draw = random.next();
  if (draw < 0.06) return 'declined-first';
  if (draw < 0.09) return 'provider-silent';
  return draw < 0.1 ? 'provider-error-after-commit' : 'smooth';
}
