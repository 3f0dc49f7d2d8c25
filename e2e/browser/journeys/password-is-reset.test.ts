import { logIn } from '../people/account.ts';
import { linkInMail, openMail } from '../people/mailbox.ts';
import { newAccountAtApi } from '../stage/account-at-api.ts';
import { journey } from '../stage/journey.ts';
import { newCredentials, signIn } from '../stage/visitor.ts';

const usedUp = [{ pattern: /status of 410 .*\/api\/v1\//, because: 'the link is used for the second time' }];

journey(
  'who forgot the password gets a link by mail, chooses another and logs in with it; the link works once',
  async (scene) => {
    const { email } = (await newAccountAtApi(scene.stage)).credentials;
    const { password } = newCredentials();
    const fan = await scene.visitor();
    await fan.open('/login');
    await fan.press('link', 'account.logIn.forgot');
    // Both pages ask for the address.
    await fan.page.waitForURL('**/forgot-password');
    await fan.hand.write(fan.find('textbox', 'account.email.label'), email);
    await fan.press('button', 'account.forgot.submit');
    await fan.page.getByText(fan.says('account.forgot.done')).waitFor();

    const choose = async () => {
      await openMail(fan, email, /비밀번호 재설정/);
      await fan.hand.press(linkInMail(fan, '/ko/reset-password#'));
      await fan.hand.write(fan.find('textbox', 'account.reset.new'), password);
      await fan.press('button', 'account.reset.submit');
    };
    await choose();
    await fan.page.getByText(fan.says('account.reset.done')).waitFor();
    await fan.hand.press(
      fan.page.getByRole('main').getByRole('link', { name: fan.says('account.reset.logIn') }),
    );
    await logIn(fan, { email, password });

    await choose();
    await fan.find('link', 'account.reset.again').waitFor();
  },
  { allows: usedUp },
);

journey('the owner of an account changes what it is called', async (scene) => {
  const fan = await scene.visitor({ locale: 'en' });
  await signIn(fan);
  await fan.open('/account');
  await fan.hand.write(fan.find('textbox', 'account.name.short'), 'Mina Kim');
  await fan.press('button', 'account.rename.submit');
  await fan.page.getByText(fan.says('account.rename.done')).waitFor();
  await fan.page.getByRole('definition').filter({ hasText: 'Mina Kim' }).waitFor();
});
