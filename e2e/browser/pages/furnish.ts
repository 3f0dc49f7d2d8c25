import { type AccountAtApi, newAccountAtApi } from '../stage/account-at-api.ts';
import { openSale, type Sale } from '../stage/sales.ts';
import type { StageAddress } from '../stage/open-stage.ts';
import { succeeds, until } from '../stage/until.ts';

/** What pages have to show something, in each state a reader may find it in. */
export interface Furniture {
  readonly fan: AccountAtApi;
  readonly sale: Sale;
  readonly standing: Sale;
  readonly upcoming: Sale;
  readonly lobby: Sale;
  /** The fan waits in it: its one slot is taken. */
  readonly crowded: Sale;
  readonly pendingReservationId: string;
  readonly paidReservationId: string;
  readonly successPath: `/${string}`;
  readonly ticketId: string;
}

/** Fills a platform: sales in several states, and a fan with a place, a hold and tickets. */
export async function furnish(stage: StageAddress): Promise<Furniture> {
  const pools = { Front: { quantity: 40, price: 132_000 }, Back: { quantity: 60, price: 99_000 } };
  const [fan, first, sale, standing, upcoming, lobby, crowded] = await Promise.all([
    newAccountAtApi(stage),
    newAccountAtApi(stage),
    openSale(stage, { title: 'Seats' }),
    openSale(stage, { title: 'Standing', pools }),
    openSale(stage, { title: 'Upcoming', opensInSeconds: 5 * 86_400 }),
    openSale(stage, { title: 'Lobby', opensInSeconds: 1_200, lobbyMinutes: 30 }),
    openSale(stage, { title: 'Crowded', capacity: 1, threshold: 0 }),
  ]);
  await takeTheSlot(first, crowded);
  await Promise.all([fan.join(crowded), fan.join(lobby), fan.join(sale)]);
  await fan.enter(sale);
  const paidReservationId = await fan.hold(sale, [0, 1]);
  const { successPath, ticketIds } = await fan.pay(paidReservationId);
  await fan.join(standing);
  await rejoin(fan, sale);
  const pendingReservationId = await fan.hold(sale, [10]);
  const ticketId = ticketIds[0] ?? '';
  return {
    fan,
    sale,
    standing,
    upcoming,
    lobby,
    crowded,
    pendingReservationId,
    paidReservationId,
    successPath,
    ticketId,
  };
}

// A confirmed reservation frees its slot, and the place that was used up becomes a new one.
async function rejoin(fan: AccountAtApi, sale: Sale): Promise<void> {
  await until('a second slot', () => succeeds(async () => (await fan.join(sale), await fan.enter(sale))));
}

async function takeTheSlot(first: AccountAtApi, crowded: Sale): Promise<void> {
  await first.join(crowded);
  await until('the first slot', () => succeeds(() => first.enter(crowded)));
}
