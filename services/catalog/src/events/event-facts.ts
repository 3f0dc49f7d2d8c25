import type { EventInput } from '@urr/contracts/catalog-shapes.ts';
import type { Bilingual } from '@urr/contracts/primitives.ts';

/** An event as an organiser described it, checked, with its times resolved. */
export interface EventFacts {
  readonly slug: string;
  readonly title: Bilingual;
  readonly description: Bilingual;
  readonly artist: { readonly slug: string; readonly name: Bilingual };
  readonly venue: { readonly hall: string | null; readonly name: Bilingual; readonly address: Bilingual };
  readonly startsAt: Date;
  readonly sale: SaleFacts;
  readonly prices: readonly { readonly grade: string; readonly price: number }[];
  readonly pools: readonly PoolFacts[];
  readonly ageLimit: number;
  readonly runningMinutes: number;
  readonly poster: EventInput['poster'];
}

export interface SaleFacts {
  readonly opensAt: Date;
  readonly endsAt: Date;
  readonly lobbyMinutes: number;
  readonly capacity: number;
  readonly ratePerSecond: number;
  readonly threshold: number;
  readonly limitPerAccount: number;
  readonly slotSeconds: number;
}

export interface PoolFacts {
  readonly name: Bilingual;
  readonly grade: string;
  readonly quantity: number;
  readonly price: number;
}

/** Describes checked facts as a file would, so that a change can be laid over them and checked as a whole. */
export function inputOf(facts: EventFacts): EventInput {
  const { hall, name, address } = facts.venue;
  const { venue: _venue, startsAt: _startsAt, sale: _sale, prices: _prices, pools: _pools, ...same } = facts;
  return {
    ...same,
    venue: { ...(hall === null ? {} : { hall }), name, address },
    startsAt: facts.startsAt.toISOString(),
    sale: {
      ...facts.sale,
      opensAt: facts.sale.opensAt.toISOString(),
      endsAt: facts.sale.endsAt.toISOString(),
    },
    ...pricingOf(facts),
  };
}

function pricingOf(facts: EventFacts): Pick<EventInput, 'prices' | 'pools'> {
  const prices = Object.fromEntries(facts.prices.map(({ grade, price }) => [grade, price]));
  return facts.venue.hall === null ? { pools: facts.pools.map((pool) => ({ ...pool })) } : { prices };
}

/** Dearest first, so that the same prices always read the same. */
export function inPriceOrder(prices: EventFacts['prices']): EventFacts['prices'] {
  return prices.toSorted((one, other) => other.price - one.price || (one.grade < other.grade ? -1 : 1));
}
