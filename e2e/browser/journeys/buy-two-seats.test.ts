import { formatWon } from '../../../apps/web/src/design/format.ts';
import { register } from '../people/account.ts';
import { chooseInWindow, goToPayment, seeTickets } from '../people/checkout.ts';
import { getIn } from '../people/line.ts';
import { chooseOnMap, reserve } from '../people/seats.ts';
import { openTicket, passGate } from '../people/tickets.ts';
import { journey } from '../stage/journey.ts';
import { smallHall } from '../stage/sales.ts';
import { newCredentials } from '../stage/visitor.ts';

journey('somebody new finds a show, registers, buys two seats and passes the gate', async (scene) => {
  const sale = await scene.sale({ title: 'First' });
  const fan = await scene.visitor();
  await fan.open('/');
  await fan.hand.write(fan.find('searchbox', 'discovery.search.query'), sale.title.ko);
  await fan.press('button', 'discovery.search.submit');
  await fan.hand.press(fan.page.getByRole('main').getByRole('link', { name: sale.title.ko }).first());
  await fan.press('link', 'event.sale.action.on-sale');

  // Nobody waits: who is known goes straight through.
  await fan.press('link', 'line.page.register');
  await register(fan, newCredentials());
  await getIn(fan, sale);
  await chooseOnMap(fan, 2);
  await reserve(fan, 2);

  const amount = formatWon(2 * smallHall.prices.R, 'ko');
  await fan.find('button', 'checkout.pay.go', { amount }).waitFor();
  await goToPayment(fan);
  await chooseInWindow(fan, 'approve');
  await seeTickets(fan);
  await fan.press('link', 'checkout.confirmed.toTickets');
  await openTicket(fan, 1);
  await passGate(fan, sale);
});
