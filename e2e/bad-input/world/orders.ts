import { failPayment, requestRefund } from '@urr/contracts/payment.ts';
import { cancelReservation, type Reservation } from '@urr/contracts/ticket.ts';
import { ask, openPayment } from '../../browser/stage/account-at-api.ts';
import type { StageAddress } from '../../browser/stage/open-stage.ts';
import type { DatabaseWatch } from '../../database-snapshot.ts';
import { buy, checkIn, hold, type Inside, paymentIds, reservationIds } from './buyer.ts';
import type { Member } from './people.ts';
import type { Belongings } from './world.ts';

/** Where a fan is inside. */
export interface Visits {
  readonly onSale: Inside;
  readonly standing: Inside;
  readonly soldOut: Inside;
  readonly doomed: Inside;
  readonly closing: Inside;
}

interface Setting {
  readonly stage: StageAddress;
  readonly fan: Member;
  readonly organiser: Member;
}

/** Orders of a fan, in every state. Where something is bought, the slot is used up. */
export async function makeOrders(
  setting: Setting,
  visits: Visits,
  ticketTypes: Readonly<Record<'standing' | 'soldOut' | 'doomed' | 'closing', string>>,
  watch: DatabaseWatch,
): Promise<Belongings[]> {
  const { stage, fan } = setting;
  const place = (name: keyof typeof ticketTypes) =>
    hold(stage, visits[name], { ticketTypeId: ticketTypes[name], quantity: 1 });
  // It closes soon.
  const closing = await place('closing');
  const orders = await seatOrders(setting, visits.onSale, watch);
  const [standing, doomed, soldOut] = [
    await place('standing'),
    await place('doomed'),
    await place('soldOut'),
  ];
  return [
    ...orders,
    own(fan, 'places held', reservationIds(fan, standing)),
    own(fan, 'tickets of a cancelled event', await buy(stage, fan, doomed)),
    own(fan, 'places held of an ended sale', reservationIds(fan, closing)),
    own(fan, 'tickets of a sold-out event', await buy(stage, fan, soldOut)),
  ];
}

async function seatOrders(setting: Setting, inside: Inside, watch: DatabaseWatch): Promise<Belongings[]> {
  const { stage, fan } = setting;
  const seats = (...seatIds: number[]) => hold(stage, inside, { seatIds });
  const pending = await seats(0);
  const paying = await seats(1);
  const late = await seats(2);
  const failed = await seats(3);
  const cancelled = await seats(4);
  const [paid, used, returned] = [await seats(5, 6), await seats(7), await seats(8)];
  const params = { reservationId: cancelled.reservationId };
  await ask(stage, cancelReservation, { params }, fan.headers);
  return [
    own(fan, 'reservation pending', reservationIds(fan, pending)),
    own(fan, 'payment open', paymentIds(fan, paying, await open(setting, paying))),
    own(fan, 'reservation cancelled', reservationIds(fan, cancelled)),
    own(fan, 'reservation expired', await expire(setting, late, watch)),
    own(fan, 'payment failed', await fail(setting, failed)),
    own(fan, 'tickets valid', await buy(stage, fan, paid)),
    own(fan, 'ticket used', await use(setting, used)),
    own(fan, 'ticket returned', await giveBack(setting, returned)),
  ];
}

function own(fan: Member, what: string, ids: Belongings['ids']): Belongings {
  return { owner: fan.person, what, ids };
}

function open({ stage, fan }: Setting, { reservationId }: Reservation) {
  return openPayment(stage, reservationId, fan.headers);
}

// The one thing no request brings about is that time passes.
async function expire(setting: Setting, held: Reservation, watch: DatabaseWatch) {
  const opened = await open(setting, held);
  const past = "now() - interval '1 second'";
  for (const table of ['seats', 'reservations'])
    await watch.rows(
      'ticket_db',
      `UPDATE ${table} SET held_until = ${past} WHERE reservation_id = '${held.reservationId}'`,
    );
  return paymentIds(setting.fan, held, opened);
}

async function fail(setting: Setting, held: Reservation) {
  const { stage, fan } = setting;
  const opened = await open(setting, held);
  const body = { orderId: opened.orderId, code: 'PAY_PROCESS_CANCELED' };
  await ask(stage, failPayment, { body }, fan.headers);
  return paymentIds(fan, held, opened);
}

async function use({ stage, fan, organiser }: Setting, held: Reservation) {
  const ids = await buy(stage, fan, held);
  await checkIn(stage, organiser, ids);
  return ids;
}

async function giveBack({ stage, fan }: Setting, held: Reservation) {
  const ids = await buy(stage, fan, held);
  const [paymentId] = ids.payment as readonly string[];
  await ask(stage, requestRefund, { params: { paymentId: paymentId ?? '' }, body: {} }, fan.headers);
  return ids;
}
