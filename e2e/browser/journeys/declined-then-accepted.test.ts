import assert from 'node:assert/strict';
import { chooseInWindow, goToPayment, goToPaymentAgain, seeTickets } from '../people/checkout.ts';
import { heldSeats } from '../people/held-seats.ts';
import { journey } from '../stage/journey.ts';
import { until } from '../stage/until.ts';

const refusal = [
  { pattern: /status of 4\d\d .*\/api\/v1\/payments\/confirm/, because: 'the card is declined on purpose' },
];

journey(
  'a card that is declined keeps its seats, and another one buys them',
  async (scene) => {
    const sale = await scene.sale({ title: 'Declined' });
    const fan = await scene.visitor({ locale: 'ko' });
    await heldSeats(fan, sale, [0, 1]);
    await goToPayment(fan);
    await chooseInWindow(fan, 'decline at confirmation');
    await fan.page.getByText(fan.says('checkout.result.declined.text')).waitFor();
    await fan.find('timer', 'checkout.hold.label').waitFor();

    await fan.page.getByText(fan.says('checkout.pay.clockExtended')).waitFor();
    await goToPaymentAgain(fan);
    await chooseInWindow(fan, 'approve');
    await seeTickets(fan);
    const isNamed = async () => /^예매 완료 · .*Declined/.test(await fan.page.title());
    await until('the title to name the show', isNamed);
    await fan.page.getByText(fan.says('checkout.confirmed.title', { count: 2 })).waitFor();
  },
  { allows: refusal },
);

journey(
  'a payment window that is left says that nothing was charged, and the places can be paid or given up there',
  async (scene) => {
    const sale = await scene.sale({ title: 'Cancelled' });
    const fan = await scene.visitor({ locale: 'en', kind: 'phone' });
    await heldSeats(fan, sale, [2]);
    await goToPayment(fan);
    await chooseInWindow(fan, 'cancel');
    await fan.page.getByText(fan.says('checkout.fail.notCharged')).waitFor();
    assert.equal(new URL(fan.page.url()).pathname, '/en/payments/fail');

    await goToPaymentAgain(fan);
    await chooseInWindow(fan, 'cancel');
    await fan.press('button', 'checkout.giveBack.button');
    await fan.press('button', 'checkout.giveBack.confirm');
    await fan.page.getByText(fan.says('checkout.tryAgain.goneTitle')).waitFor();
    await fan.press('link', 'checkout.tryAgain.toReservations');
    await fan.page.getByText(fan.says('bookings.money.notCharged')).waitFor();
  },
);
