import { listMailbox } from '@urr/contracts/auth-mailbox.ts';
import { callRoute } from '@urr/contracts/call-route.ts';
import { topology } from '@urr/contracts/topology.ts';
import { internalTokenHeader } from '@urr/platform/internal-token.ts';
import { operatorToken } from '../../../tools/platform/operator-token.ts';
import type { RunningPlatform } from '../../../tools/platform/start-platform.ts';
import { addressOf, type StageAddress } from '../../browser/stage/open-stage.ts';
import type { DatabaseWatch } from '../../database-snapshot.ts';
import { comeToRest } from '../at-rest.ts';
import { buy, goInside, hold, type Inside, join, reservationIds } from './buyer.ts';
import { makeOrders, type Visits } from './orders.ts';
import { type Member, newFan, newOrganiser } from './people.ts';
import { belongingsOf } from './sales.ts';
import { endShows, openShow, openShows, showIds, type Shows } from './shows.ts';
import { type Belongings, idsOf, personalKinds, type World } from './world.ts';

/** Fills an empty platform through its API: what a fan and an organiser have, in every state, and what others have. */
export async function furnish(platform: RunningPlatform, watch: DatabaseWatch): Promise<World> {
  const stage = addressOf(platform);
  const admin = await operatorToken(stage);
  const fan = await newFan(stage, 'fan');
  const stranger = await newFan(stage, 'stranger');
  const organiser = await newOrganiser(stage, 'organiser', admin);
  const rival = await newOrganiser(stage, 'rival', admin);
  const shows = await openShows(stage, organiser);
  const other = await openShow(stage, rival);
  const visits = await visitAll(stage, fan, shows);
  const orders = await makeOrders({ stage, fan, organiser }, visits, ticketTypesOf(shows), watch);
  const strangers = await buyOnce(stage, stranger, shows.onSale.event.eventId);
  // Whoever bought has no slot any more.
  const inside = await goInside(stage, fan, shows.onSale.event.eventId);
  const doomed = await goInside(stage, fan, shows.doomed.event.eventId);
  const beside = await goInside(stage, stranger, shows.onSale.event.eventId);
  await endShows(stage, organiser, shows);
  await comeToRest(watch);
  const belongings = [
    ...orders,
    ...strangers,
    ...showIds(organiser, shows),
    belongingsOf(rival, 'event on_sale', other),
    ...[fan, stranger, organiser, rival].flatMap(({ sessions }) => sessions),
    placeOf(inside),
    placeOf(beside),
    await mailOf(platform, fan),
  ];
  const tokens = new Map(
    [...Object.values<Inside>({ ...visits }), inside, beside, doomed].map(
      ({ member, eventId, entryToken }) => [`${member.person}/${eventId}`, entryToken],
    ),
  );
  return {
    accessTokens: { ...tokensOf([fan, stranger, organiser, rival]), admin },
    belongings,
    entryToken: (person, eventId) => tokens.get(`${person}/${String(eventId)}`),
    privateWords: privateWordsOf(fan, belongings),
  };
}

async function visitAll(stage: StageAddress, fan: Member, shows: Shows): Promise<Visits> {
  await join(stage, fan, shows.lobby.event.eventId);
  const visit = (name: keyof Visits) => goInside(stage, fan, shows[name].event.eventId);
  const [onSale, standing, soldOut, doomed, closing] = await Promise.all([
    visit('onSale'),
    visit('standing'),
    visit('soldOut'),
    visit('doomed'),
    visit('closing'),
  ]);
  return { onSale, standing, soldOut, doomed, closing };
}

function ticketTypesOf({ standing, soldOut, doomed, closing }: Shows) {
  const first = ({ event }: Shows[keyof Shows]) => event.pools[0]?.ticketTypeId ?? '';
  return {
    standing: first(standing),
    soldOut: first(soldOut),
    doomed: first(doomed),
    closing: first(closing),
  };
}

async function buyOnce(stage: StageAddress, stranger: Member, eventId: string): Promise<Belongings[]> {
  const inside = await goInside(stage, stranger, eventId);
  const held = await hold(stage, inside, { seatIds: [20] });
  const bought = await hold(stage, inside, { seatIds: [21] });
  const owner = stranger.person;
  return [
    { owner, what: 'tickets valid', ids: await buy(stage, stranger, bought) },
    { owner, what: 'reservation pending', ids: reservationIds(stranger, held) },
  ];
}

function placeOf({ member, eventId, receipt }: Inside): Belongings {
  return { owner: member.person, what: 'place in line', ids: { event: [eventId], receipt: [receipt] } };
}

async function mailOf(platform: RunningPlatform, { person, email }: Member): Promise<Belongings> {
  const baseUrl = `http://127.0.0.1:${topology['auth-service'].port + platform.portOffset}`;
  const headers = { [internalTokenHeader]: platform.secrets.INTERNAL_API_TOKEN };
  const mailbox = await callRoute(listMailbox, { query: { recipient: email } }, { baseUrl, headers });
  if (!mailbox.ok) throw new Error(`The mailbox does not answer: ${JSON.stringify(mailbox.problem)}`);
  const { mails } = mailbox.body;
  if (mails.length === 0) throw new Error(`No mail reached ${email}`);
  return { owner: person, what: 'mail', ids: { mail: mails.map(({ mailId }) => mailId) } };
}

function tokensOf(members: readonly Member[]) {
  const tokens = new Map(members.map(({ person, accessToken }) => [person, accessToken]));
  const of = (person: Member['person']) => tokens.get(person) ?? '';
  return { fan: of('fan'), stranger: of('stranger'), organiser: of('organiser'), rival: of('rival') };
}

function privateWordsOf(fan: Member, belongings: readonly Belongings[]): string[] {
  const own = belongings.filter(({ owner }) => owner === fan.person);
  const hidden = belongings.filter(({ isHidden }) => isHidden === true);
  const words = [
    fan.email,
    ...own.flatMap((each) => personalKinds.flatMap((kind) => idsOf(each, kind))),
    ...hidden.flatMap((each) => [...idsOf(each, 'event'), ...idsOf(each, 'eventSlug')]),
  ];
  return [...new Set(words.map(String))];
}
