import { chooseInWindow, goToPayment, orderInWindow, seeTickets } from '../people/checkout.ts';
import { heldSeats } from '../people/held-seats.ts';
import { journey } from '../stage/journey.ts';
import { breakProvider } from '../stage/provider.ts';

journey(
  'a payment whose answer is lost is being checked, and becomes tickets by itself',
  async (scene) => {
    const sale = await scene.sale({ title: 'Lost answer' });
    const fan = await scene.visitor();
    const reservation = await heldSeats(fan, sale, [0, 1]);
    await goToPayment(fan);
    const orderId = orderInWindow(fan);
    // The money is taken, nobody hears of it, and for a while nobody can look it up either.
    await breakProvider(scene.stage, { call: 'confirm', kind: 'approve-then-timeout', orderId });
    const mend = await breakProvider(scene.stage, {
      call: 'get',
      kind: 'error-before-commit',
      orderId,
      count: null,
    });
    await chooseInWindow(fan, 'approve');
    await fan.find('heading', 'checkout.result.heading.checking').waitFor({ timeout: 30_000 });

    // Who looks into the booking meanwhile is told the same, and is not asked to pay again.
    const tab = await fan.newTab();
    await tab.open(`/reservations/${reservation}`);
    await tab.find('heading', 'bookings.heading.checking').waitFor();

    await mend();
    await tab.find('heading', 'bookings.heading.paid').waitFor({ timeout: 60_000 });
    await fan.page.bringToFront();
    await seeTickets(fan);
  },
  { timeoutMs: 150_000 },
);
