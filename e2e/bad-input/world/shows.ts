import { cancelEvent } from '@urr/contracts/catalog.ts';
import { readLineState } from '@urr/contracts/queue.ts';
import { ask } from '../../browser/stage/account-at-api.ts';
import type { StageAddress } from '../../browser/stage/open-stage.ts';
import { until } from '../../browser/stage/until.ts';
import type { Member } from './people.ts';
import { belongingsOf, draft, ownHall, published, type Show, withPicture } from './sales.ts';
import type { Belongings } from './world.ts';

const pools = { Floor: { quantity: 50, price: 40_000 } };
/** Long enough for a buyer to go in. */
const closesAfterMs = 5_000;

/** An organiser's shows, named by what becomes of them. */
export type Shows = Awaited<ReturnType<typeof openShows>>;

/** Creates shows; those that will be called off or closed are on sale as yet. */
export async function openShows(stage: StageAddress, organiser: Member) {
  const hall = await ownHall(stage, organiser);
  const onSale = await published(stage, organiser, { title: 'Seats', hall });
  const small = { Floor: { quantity: 1, price: 9_000 } };
  const soon = { title: 'Lobby', pools, opensInSeconds: 1_200, lobbyMinutes: 30 };
  const endsAt = new Date(Date.now() + closesAfterMs).toISOString();
  return {
    onSale: await withPicture(stage, organiser, onSale),
    standing: await published(stage, organiser, { title: 'Standing', pools }),
    soldOut: await published(stage, organiser, { title: 'Full', pools: small }),
    doomed: await published(stage, organiser, { title: 'Doomed', pools }),
    closing: await published(stage, organiser, { title: 'Closing', pools }, { endsAt }),
    lobby: await published(stage, organiser, soon),
    upcoming: await published(stage, organiser, { title: 'Later', hall, opensInSeconds: 86_400 }),
    draft: await draft(stage, organiser, { title: 'Draft', hall }),
  };
}

/** Creates one show, of a hall of its own. */
export async function openShow(stage: StageAddress, organiser: Member): Promise<Show> {
  return published(stage, organiser, { title: 'Other', hall: await ownHall(stage, organiser) });
}

/** Calls one show off and waits until the sale of another is over, in the line too. */
export async function endShows(stage: StageAddress, organiser: Member, shows: Shows): Promise<void> {
  await ask(stage, cancelEvent, { params: { eventId: shows.doomed.event.eventId } }, organiser.headers);
  await phaseIs(stage, shows.doomed, 'cancelled');
  await phaseIs(stage, shows.closing, 'ended');
}

async function phaseIs(stage: StageAddress, { event }: Show, phase: string): Promise<void> {
  const params = { eventId: event.eventId };
  const isSo = async () => (await ask(stage, readLineState, { params })).phase === phase;
  await until(`the line of ${event.slug} to be ${phase}`, isSo);
}

/** The ids of all of them, with the state they are in at last. */
export function showIds(organiser: Member, shows: Shows): Belongings[] {
  return [
    belongingsOf(organiser, 'event on_sale', shows.onSale),
    belongingsOf(organiser, 'event on_sale, standing', shows.standing),
    belongingsOf(organiser, 'event sold_out', shows.soldOut),
    belongingsOf(organiser, 'event cancelled', shows.doomed),
    belongingsOf(organiser, 'event ended', shows.closing),
    belongingsOf(organiser, 'event upcoming, lobby', shows.lobby),
    belongingsOf(organiser, 'event upcoming', shows.upcoming),
    belongingsOf(organiser, 'event draft', shows.draft),
  ];
}
