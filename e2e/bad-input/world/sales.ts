import { callRoute } from '@urr/contracts/call-route.ts';
import { putEventImage } from '@urr/contracts/catalog-images.ts';
import { createEvent, importHall, publishEvent } from '@urr/contracts/catalog.ts';
import type { EventDetail, EventInput } from '@urr/contracts/catalog-shapes.ts';
import { hallCsv } from '../../../load/drill/stage/hall-csv.ts';
import { png } from '../../../services/catalog/src/testing/pictures.ts';
import { ask } from '../../browser/stage/account-at-api.ts';
import type { StageAddress } from '../../browser/stage/open-stage.ts';
import { eventOf, type SalePlan } from '../../browser/stage/sales.ts';
import type { Member } from './people.ts';
import type { Belongings } from './world.ts';

/** A hall somebody imported. */
export interface OwnHall {
  readonly hallId: string;
  readonly slug: string;
  readonly prices: Readonly<Record<string, number>>;
}

type ShowPlan = SalePlan & { readonly hall?: OwnHall };

/** An event and what one may ask by it. */
export interface Show {
  readonly event: EventDetail;
  readonly hall: OwnHall | undefined;
  readonly imageKey?: string;
}

const hallSeats = 80;

/** Imports a hall that is the organiser's own. */
export async function ownHall(stage: StageAddress, organiser: Member): Promise<OwnHall> {
  const slug = `hall-of-the-${organiser.person}`;
  const body = { slug, name: { ko: slug, en: slug }, csv: hallCsv(hallSeats) };
  const report = await ask(stage, importHall, { query: {}, body }, organiser.headers);
  const prices = Object.fromEntries(report.grades.map(({ grade }) => [grade, 50_000]));
  return { hallId: report.hallId ?? '', slug, prices };
}

/** Creates a draft. */
export async function draft(
  stage: StageAddress,
  organiser: Member,
  plan: ShowPlan,
  sale: Partial<EventInput['sale']> = {},
): Promise<Show> {
  const input = eventOf({ limitPerAccount: 20, ...plan });
  const artist = { slug: `band-of-the-${organiser.person}`, name: { ko: '밴드', en: 'Band' } };
  const body = { ...input, artist, sale: { ...input.sale, ...sale } };
  const event = await ask(stage, createEvent, { body }, organiser.headers);
  return { event, hall: plan.hall };
}

/** Creates an event and puts it on sale. */
export async function published(...given: Parameters<typeof draft>): Promise<Show> {
  const [stage, organiser] = given;
  const { event, hall } = await draft(...given);
  const params = { eventId: event.eventId };
  return { event: await ask(stage, publishEvent, { params }, organiser.headers), hall };
}

/** Gives an event a picture. */
export async function withPicture(stage: StageAddress, organiser: Member, show: Show): Promise<Show> {
  const rawBody = new Blob([new Uint8Array(png())], { type: 'image/png' });
  const options = { baseUrl: stage.gatewayUrl, headers: organiser.headers, rawBody };
  const put = await callRoute(putEventImage, { params: { eventId: show.event.eventId } }, options);
  if (!put.ok) throw new Error(`The picture was refused: ${put.problem.code}`);
  return { ...show, imageKey: put.body.image?.address.split('/').at(-1) ?? '' };
}

/** The ids of a show. */
export function belongingsOf(organiser: Member, what: string, { event, hall, imageKey }: Show): Belongings {
  return {
    owner: organiser.person,
    what,
    isHidden: event.state === 'draft',
    ids: {
      account: [organiser.accountId],
      event: [event.eventId],
      eventSlug: [event.slug],
      artist: [event.artist.slug],
      ...(event.pools.length > 0 && { ticketType: event.pools.map(({ ticketTypeId }) => ticketTypeId) }),
      ...(hall && {
        hall: [hall.hallId],
        hallSlug: [hall.slug],
        ownHall: [hall.slug],
        seat: [hallSeats - 1],
      }),
      ...(imageKey !== undefined && { image: [imageKey] }),
    },
  };
}
