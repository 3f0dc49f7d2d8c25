import { register } from '../people/account.ts';
import { pay } from '../people/checkout.ts';
import { getIn } from '../people/line.ts';
import { journey } from '../stage/journey.ts';
import { isWiderThanWindow } from '../stage/layout.ts';
import { newCredentials, type Visitor } from '../stage/visitor.ts';

async function fits({ page }: Visitor): Promise<void> {
  if (await isWiderThanWindow(page)) throw new Error(`${page.url()} is wider than the phone`);
}

journey('with one thumb the best seats are bought on a phone, and no page moves sideways', async (scene) => {
  const sale = await scene.sale({ title: 'Thumb' });
  const fan = await scene.visitor({ kind: 'phone', locale: 'en', theme: 'dark' });
  await fan.open(`/events/${sale.slug}`);
  await fits(fan);
  await fan.press('link', 'event.sale.action.on-sale');
  await fan.find('link', 'line.page.register').waitFor();
  await fits(fan);
  await fan.press('link', 'line.page.register');
  await register(fan, newCredentials());
  await getIn(fan, sale);
  await fan.find('application', 'seats.map.label').waitFor();
  await fits(fan);
  const limit = fan.page.getByText(fan.says('seats.choice.limit', { limit: 4 }));
  await limit.filter({ visible: true }).waitFor();
  // Nobody asked for a cheaper grade: the best one is named.
  await fan.press('button', 'seats.best.reserve', { count: 2, grade: 'R' });
  await fan.page.waitForURL(/\/reservations\/[0-9a-f-]{36}$/);
  await fan.find('timer', 'checkout.hold.label').waitFor();
  await fits(fan);
  await pay(fan);
  await fits(fan);
});
