import { newAccountAtApi } from '../stage/account-at-api.ts';
import type { Sale } from '../stage/sales.ts';
import { signIn, type Visitor } from '../stage/visitor.ts';

/** Signs a visitor in with seats held already, opens their checkout and answers the reservation. */
export async function heldSeats(visitor: Visitor, sale: Sale, seatIds: readonly number[]): Promise<string> {
  const account = await newAccountAtApi(visitor.stage);
  await account.join(sale);
  await account.enter(sale);
  const reservation = await account.hold(sale, seatIds);
  await signIn(visitor, account.credentials);
  await visitor.open(`/reservations/${reservation}`);
  return reservation;
}
