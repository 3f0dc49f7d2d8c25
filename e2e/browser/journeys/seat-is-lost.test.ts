import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { pay } from '../people/checkout.ts';
import { beInside } from '../people/entry.ts';
import { chooseSeats, frontSeat, openSeatList, reserve, seatButton } from '../people/seats.ts';
import { journey } from '../stage/journey.ts';
import type { Visitor } from '../stage/visitor.ts';

function lostNotice(visitor: Visitor): Locator {
  const title = visitor.page.getByText(visitor.says('seats.lost.title'));
  return visitor.page.getByRole('alert').filter({ has: title });
}

journey(
  'a seat that somebody else takes explains itself, and the nearest one is bought instead',
  async (scene) => {
    const sale = await scene.sale({ title: 'Lost seat' });
    const [fan, rival] = [await scene.visitor(), await scene.visitor({ locale: 'en', theme: 'dark' })];
    await beInside(fan, sale);
    await openSeatList(fan, '1F');
    await chooseSeats(fan, [frontSeat(4), frontSeat(5)]);

    await beInside(rival, sale);
    await openSeatList(rival, '1F');
    await chooseSeats(rival, [frontSeat(5)]);
    await reserve(rival, 1);

    const lost = lostNotice(fan);
    await lost.waitFor();
    assert.match(await lost.innerText(), /A열 5번/);
    await fan.hand.press(lost.getByRole('button', { name: fan.says('seats.lost.take') }));
    await lost.waitFor({ state: 'hidden' });
    await reserve(fan, 2);
    await pay(fan);
    await fan.page.getByText(fan.says('checkout.confirmed.title', { count: 2 })).waitFor();
  },
);

journey(
  'who hears of a lost seat only when reserving keeps the others and is offered the nearest',
  async (scene) => {
    const sale = await scene.sale({ title: 'Late news' });
    const [fan, rival] = [await scene.visitor(), await scene.visitor()];
    // Their connection carries no live changes.
    await fan.page.route('**/stream*', () => {});
    await beInside(fan, sale);
    await openSeatList(fan, '1F');
    await chooseSeats(fan, [frontSeat(2), frontSeat(3)]);
    await beInside(rival, sale);
    await openSeatList(rival, '1F');
    await chooseSeats(rival, [frontSeat(3)]);
    await reserve(rival, 1);

    await fan.press('button', 'seats.choice.reserve');
    const lost = lostNotice(fan);
    await lost.waitFor();
    assert.equal(await seatButton(fan, frontSeat(2)).getAttribute('aria-pressed'), 'true');
    await fan.hand.press(lost.getByRole('button', { name: fan.says('seats.lost.take') }));
    await reserve(fan, 2);
  },
  { allows: [{ pattern: /status of 409 .*\/seats\/reserve/, because: 'one of the seats is taken' }] },
);
