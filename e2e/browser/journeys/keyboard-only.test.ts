import { register } from '../people/account.ts';
import { pay } from '../people/checkout.ts';
import { getIn } from '../people/line.ts';
import { chooseSeats, frontSeat, openSeatList, reserve } from '../people/seats.ts';
import { openTicket, passGate } from '../people/tickets.ts';
import { journey } from '../stage/journey.ts';
import { newCredentials } from '../stage/visitor.ts';

journey('without a mouse two seats are bought, from the page of the show to the gate', async (scene) => {
  const sale = await scene.sale({ title: 'Keys' });
  const fan = await scene.visitor({ hand: 'keyboard' });
  await fan.open(`/events/${sale.slug}`);
  await fan.press('link', 'event.sale.action.on-sale');
  await fan.press('link', 'line.page.register');
  await register(fan, newCredentials());
  await getIn(fan, sale);
  await openSeatList(fan, '1F');
  await chooseSeats(fan, [frontSeat(3), frontSeat(4)]);
  await reserve(fan, 2);
  await pay(fan);
  await fan.press('link', 'checkout.confirmed.toTickets');
  await openTicket(fan, 0);
  await passGate(fan, sale);
});

journey('the map is walked by keys, and a seat in its middle is chosen', async (scene) => {
  const sale = await scene.sale({ title: 'Keys on the map' });
  const fan = await scene.visitor({ hand: 'keyboard' });
  await fan.open(`/events/${sale.slug}/seats`);
  await fan.find('application', 'seats.map.label').waitFor();
  // Only arrows, + and Enter: nothing of the map is pressed.
  for (let step = 0; step < 40; step += 1) {
    await fan.page.keyboard.press('Tab');
    const role = await fan.page.evaluate('document.activeElement.getAttribute("role")');
    if (role === 'application') break;
  }
  const chosen = fan.find('button', 'seats.choice.remove');
  for (const key of ['+', 'Enter', 'ArrowDown', 'Enter', 'ArrowDown', 'Enter', '+', 'ArrowUp', 'Enter']) {
    await fan.page.keyboard.press(key);
    await fan.page.waitForTimeout(500);
    if ((await chosen.count()) > 0) return;
  }
  throw new Error('No seat could be chosen by keys on the map');
});
