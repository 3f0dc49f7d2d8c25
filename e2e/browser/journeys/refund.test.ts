import assert from 'node:assert/strict';
import { formatWon } from '../../../apps/web/src/design/format.ts';
import { heldSeats } from '../people/held-seats.ts';
import { pay } from '../people/checkout.ts';
import { journey } from '../stage/journey.ts';
import { smallHall } from '../stage/sales.ts';

journey('a refund says what comes back before it is asked for, and gives just that', async (scene) => {
  const sale = await scene.sale({ title: 'Refund' });
  const fan = await scene.visitor();
  await heldSeats(fan, sale, [0, 1]);
  await pay(fan);
  await fan.press('link', 'checkout.confirmed.toBooking');
  await fan.press('button', 'bookings.refund.begin');

  const choice = fan.page.getByRole('group', { name: fan.says('bookings.refund.choose') });
  const one = formatWon(smallHall.prices.R, fan.locale);
  // Of several, none is chosen beforehand; the first box is for all of them.
  await fan.hand.press(choice.getByRole('checkbox').nth(1));
  await fan.press('button', 'bookings.refund.go', { count: 1 });

  const question = fan.page.getByRole('dialog');
  assert.match(await question.innerText(), new RegExp(RegExp.escape(one)));
  await fan.hand.press(question.getByRole('button', { name: fan.says('bookings.refund.confirm') }));
  await fan.page.getByText(fan.says('bookings.refund.doneTitle', { amount: one })).waitFor();
  const refunds = fan.page.getByRole('list', { name: fan.says('bookings.refund.list') });
  await refunds.getByRole('listitem').first().waitFor();
  assert.equal(await refunds.getByRole('listitem').count(), 1);

  // The other ticket is still good, the seat that went back is free again.
  await fan.open('/tickets');
  await fan.page.getByText(fan.says('tickets.states.returned')).waitFor();
  await fan.page.getByText(fan.says('tickets.states.valid')).waitFor();
});
