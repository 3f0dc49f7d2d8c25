import { newAccountAtApi } from '../stage/account-at-api.ts';
import { journey } from '../stage/journey.ts';
import { succeeds, until } from '../stage/until.ts';
import { signIn } from '../stage/visitor.ts';
import { joinLine, leave, seeWaiting } from '../people/line.ts';

const unloaded = [
  { pattern: /\.[jt]s: csp$/, because: 'a browser without scripts announces them and loads none' },
];

journey(
  'who has no scripts joins the line, sees the page renew itself, and goes in',
  async (scene) => {
    const sale = await scene.sale({ title: 'Plain', capacity: 1, threshold: 0 });
    const inside = await scene.visitor();
    const first = await newAccountAtApi(scene.stage);
    await first.join(sale);
    await until('the first slot', () => succeeds(() => first.enter(sale)));
    await signIn(inside, first.credentials);

    const fan = await scene.visitor({ javaScript: false, kind: 'phone' });
    await signIn(fan);
    await joinLine(fan, sale);
    await fan.page.reload();
    await seeWaiting(fan);

    await leave(inside, sale);
    // Nobody presses anything: the page asks again by itself until the turn has come.
    await fan.find('heading', 'line.page.standing.called.title').waitFor({ timeout: 60_000 });
    await fan.press('button', 'line.page.enter');
    await fan.page.waitForURL(`**/events/${sale.slug}/seats`);
  },
  { allows: unloaded, timeoutMs: 120_000 },
);
