import assert from 'node:assert/strict';
import { newAccountAtApi } from '../stage/account-at-api.ts';
import { journey } from '../stage/journey.ts';
import { signIn } from '../stage/visitor.ts';

journey('who reads in London is told that the times of tickets and bookings are Korean', async (scene) => {
  const sale = await scene.sale({ title: 'Elsewhere' });
  const account = await newAccountAtApi(scene.stage);
  await account.join(sale);
  await account.enter(sale);
  const reservationId = await account.hold(sale, [3]);
  const { successPath, ticketIds } = await account.pay(reservationId);
  const fan = await scene.visitor({ locale: 'en', timeZone: 'Europe/London' });
  await signIn(fan, account.credentials);
  const main = fan.page.getByRole('main');
  for (const path of [
    successPath,
    '/tickets',
    `/tickets/${ticketIds[0]}`,
    '/reservations',
    `/reservations/${reservationId}`,
    '/account/sessions',
  ] as const) {
    await fan.open(path);
    await main
      .getByText(/\d\d:\d\d/)
      .first()
      .waitFor();
    await fan.page.waitForLoadState('networkidle');
    const times = (await main.innerText()).match(/\d\d:\d\d.*/g) ?? [];
    assert.deepEqual(
      times.filter((time) => !/^\d\d:\d\d \(Korean time\)/.test(time)),
      [],
      path,
    );
  }
});
