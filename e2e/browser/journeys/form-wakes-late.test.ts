import assert from 'node:assert/strict';
import { journey } from '../stage/journey.ts';
import { localePath } from '../../../apps/web/src/i18n/routing.ts';
import { newCredentials } from '../stage/visitor.ts';

journey(
  'what is written before the page has come alive is not lost, and is sent once it has',
  async (scene) => {
    const fan = await scene.visitor();
    const scripts = Promise.withResolvers<void>();
    await fan.page.route('**/_next/static/**/*.js', async (route) => {
      await scripts.promise;
      await route.continue();
    });
    const { email, password } = newCredentials();
    await fan.page.goto(fan.stage.webUrl + localePath(fan.locale, '/register'), { waitUntil: 'commit' });
    const address = fan.find('textbox', 'account.email.label');
    await address.fill(email);
    await fan.find('textbox', 'account.password.label').fill(password);
    await address.press('Enter');
    assert.ok(await fan.find('button', 'account.register.submit').isDisabled());
    assert.equal(await address.inputValue(), email);
    scripts.resolve();
    await fan.press('button', 'account.register.submit');
    await fan.page.waitForURL((url) => !url.pathname.endsWith('/register'));
  },
);
