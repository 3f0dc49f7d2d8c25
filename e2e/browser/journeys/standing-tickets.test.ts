import assert from 'node:assert/strict';
import { formatWon } from '../../../apps/web/src/design/format.ts';
import { pay } from '../people/checkout.ts';
import { beInside } from '../people/entry.ts';
import { reservePlaces } from '../people/standing.ts';
import { openTicket, passGate } from '../people/tickets.ts';
import { journey } from '../stage/journey.ts';

const pools = { Front: { quantity: 6, price: 132_000 }, Back: { quantity: 40, price: 99_000 } };

journey('three standing tickets are bought on a phone and open the gate', async (scene) => {
  const sale = await scene.sale({ title: 'Standing', pools });
  const fan = await scene.visitor({ kind: 'phone', locale: 'en' });
  await beInside(fan, sale);
  await reservePlaces(fan, 'Front', 3);
  await fan.page
    .getByText(formatWon(3 * 132_000, 'en'), { exact: true })
    .first()
    .waitFor();
  await pay(fan);
  await fan.press('link', 'checkout.confirmed.toTickets');
  await openTicket(fan, 0);
  await passGate(fan, sale);
});

journey('nobody can choose more standing places than one account may have', async (scene) => {
  const sale = await scene.sale({ title: 'Limit', pools, limitPerAccount: 2 });
  const fan = await scene.visitor();
  await beInside(fan, sale);
  const more = fan.find('button', 'seats.standing.more', { name: 'Back 구역' });
  await fan.hand.press(more);
  await fan.hand.press(more);
  assert.equal(await more.isDisabled(), true);
});
