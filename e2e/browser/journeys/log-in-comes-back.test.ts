import assert from 'node:assert/strict';
import { logIn } from '../people/account.ts';
import { newAccountAtApi } from '../stage/account-at-api.ts';
import { journey } from '../stage/journey.ts';

const strangers = [
  { pattern: /status of 401 .*\/api\/v1\//, because: 'a stranger is refused, and so is a wrong password' },
];

journey(
  'a stranger who asks for tickets logs in and comes back to them; a wrong password keeps what was typed',
  async (scene) => {
    const { credentials } = await newAccountAtApi(scene.stage);
    const fan = await scene.visitor({ locale: 'en' });
    await fan.open('/tickets');
    await fan.hand.press(
      fan.page.getByRole('main').getByRole('link', { name: fan.says('common.signInFirst.logIn') }),
    );
    const email = fan.find('textbox', 'account.email.label');
    await fan.hand.write(email, credentials.email);
    await fan.hand.write(fan.find('textbox', 'account.password.label'), 'not the password');
    await fan.press('button', 'account.logIn.submit');
    await fan.page.getByRole('main').getByRole('alert').waitFor();
    assert.equal(await email.inputValue(), credentials.email);

    await logIn(fan, credentials);
    assert.equal(new URL(fan.page.url()).pathname, '/en/tickets');
    await fan.page.getByText(fan.says('tickets.none.title')).waitFor();
  },
  { allows: strangers },
);
