import { randomUUID } from 'node:crypto';
import { callRoute } from '@urr/contracts/call-route.ts';
import { createEvent, importHall, publishEvent } from '@urr/contracts/catalog.ts';
import type { EventDetail, EventInput } from '@urr/contracts/catalog-shapes.ts';
import { readLineState } from '@urr/contracts/queue.ts';
import { ask } from './account-at-api.ts';
import type { StageAddress } from './open-stage.ts';
import { adminToken } from './stage.ts';
import { until } from './until.ts';

/** What is sold in a journey, and how. Absent: a small hall, open now, without a line. */
export interface SalePlan {
  readonly title: string;
  /** Places by name of a standing sale; a sale of seats without. */
  readonly pools?: Readonly<Record<string, { readonly quantity: number; readonly price: number }>>;
  /** A hall that is imported already, with its prices. */
  readonly hall?: { readonly slug: string; readonly prices: Readonly<Record<string, number>> };
  readonly opensInSeconds?: number;
  readonly lobbyMinutes?: number;
  readonly capacity?: number;
  readonly threshold?: number;
  readonly limitPerAccount?: number;
}

/** A published sale. */
export interface Sale {
  readonly eventId: string;
  readonly slug: string;
  readonly title: { readonly ko: string; readonly en: string };
}

/** The hall of most journeys: four rows of nine seats, the front ones dearer. */
export const smallHall = { slug: 'browser-small-hall', prices: { R: 121_000, S: 88_000 } } as const;

/** Creates and publishes a sale and waits until its line knows it. */
export async function openSale(stage: StageAddress, plan: SalePlan): Promise<Sale> {
  const asAdmin = { authorization: `Bearer ${await adminToken(stage)}` };
  if (plan.pools === undefined && plan.hall === undefined) await importSmallHall(stage, asAdmin);
  const created = await ask(stage, createEvent, { body: eventOf(plan) }, asAdmin);
  const { eventId } = created;
  const published: EventDetail = await ask(stage, publishEvent, { params: { eventId } }, asAdmin);
  if (published.organiser?.inventory !== 'ready') throw new Error(`Places of ${eventId} did not arrive`);
  const wanted =
    (plan.opensInSeconds ?? 0) <= 0 ? 'open' : (plan.lobbyMinutes ?? 0) > 0 ? 'lobby' : 'scheduled';
  const isThere = async () => (await phaseOf(stage, eventId)) === wanted;
  await until(`the line of ${created.slug} to be ${wanted}`, isThere);
  return { eventId, slug: created.slug, title: { ko: created.title.ko, en: created.title.en } };
}

async function phaseOf(stage: StageAddress, eventId: string): Promise<string> {
  const state = await callRoute(readLineState, { params: { eventId } }, { baseUrl: stage.gatewayUrl });
  return state.ok ? state.body.phase : state.problem.code;
}

async function importSmallHall(
  stage: StageAddress,
  asAdmin: Readonly<Record<string, string>>,
): Promise<void> {
  const row = (label: string, grade: string, y: number) =>
    Array.from({ length: 9 }, (_, index) => `1F,${label},${index + 1},${grade},${(index - 4) * 60},${y},`);
  const lines = [
    'section,row,seat,grade,x,y,flags',
    ...row('A', 'R', 200),
    ...row('B', 'R', 290),
    ...row('C', 'S', 380),
    ...row('D', 'S', 470),
  ];
  const body = {
    slug: smallHall.slug,
    name: { ko: '작은 극장', en: 'Small hall' },
    csv: `${lines.join('\n')}\n`,
  };
  await ask(stage, importHall, { query: {}, body }, asAdmin);
}

/** An event as its file would describe it. */
export function eventOf(plan: SalePlan): EventInput {
  const mark = randomUUID().slice(0, 8);
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
  const hall = plan.hall ?? smallHall;
  return {
    slug: `browser-${mark}`,
    title: { ko: `${plan.title} ${mark} 공연`, en: `${plan.title} ${mark}` },
    description: { ko: '브라우저로 예매하는 공연입니다.', en: 'A show that is bought with a browser.' },
    artist: { slug: 'browser-band', name: { ko: '브라우저 밴드', en: 'The Browsers' } },
    venue: {
      ...(plan.pools === undefined && { hall: hall.slug }),
      name: { ko: '작은 극장', en: 'Small hall' },
      address: { ko: '서울특별시 새별구 극장로 1', en: '1 Geukjang-ro, Saebyeol-gu, Seoul' },
    },
    startsAt: inDays(30),
    sale: saleOf(plan, inDays(29)),
    ...(plan.pools === undefined ? { prices: { ...hall.prices } } : { pools: poolsOf(plan.pools) }),
    ageLimit: 0,
    runningMinutes: 120,
    poster: { palette: ['#101820', '#f2aa4c', '#5ef2d6'] },
  };
}

function saleOf(plan: SalePlan, endsAt: string): EventInput['sale'] {
  return {
    opensAt: new Date(Date.now() + (plan.opensInSeconds ?? -1) * 1_000).toISOString(),
    endsAt,
    lobbyMinutes: plan.lobbyMinutes ?? 0,
    capacity: plan.capacity ?? 1_000,
    ratePerSecond: 100,
    threshold: plan.threshold ?? 100,
    limitPerAccount: plan.limitPerAccount ?? 4,
  };
}

function poolsOf(pools: NonNullable<SalePlan['pools']>): NonNullable<EventInput['pools']> {
  return Object.entries(pools).map(([name, pool]) => ({
    name: { ko: `${name} 구역`, en: name },
    grade: `STANDING-${name.toUpperCase()}`,
    ...pool,
  }));
}
