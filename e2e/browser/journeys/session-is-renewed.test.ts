import assert from 'node:assert/strict';
import { journey } from '../stage/journey.ts';
import { signIn } from '../stage/visitor.ts';

const ended = [
  {
    pattern: /status of 401 .*\/api\/v1\//,
    because: 'an ended access token is refused before it is renewed',
  },
];

journey(
  'two tabs whose access token has ended at once renew the session without ending it',
  async (scene) => {
    const fan = await scene.visitor();
    await signIn(fan);
    const other = await fan.newTab();
    await fan.open('/account');
    await other.open('/account');
    let renewals = 0;
    fan.context.on('request', (request) => {
      if (request.url().endsWith('/auth/refresh')) renewals += 1;
    });

    await fan.context.clearCookies({ name: 'access_token' });
    await Promise.all([fan.open('/account/sessions'), other.open('/account/sessions')]);
    for (const tab of [fan, other]) await tab.page.getByText(tab.says('account.sessions.current')).waitFor();
    // Usually once: what one tab notes in its storage reaches another's process a moment later.
    assert.ok(renewals === 1 || renewals === 2, `${renewals} renewals`);
    const names = (await fan.context.cookies()).map(({ name }) => name);
    assert.ok(names.includes('access_token'));

    // Had both sent the same refresh token, the session would be over by now.
    const before = renewals;
    await fan.page.evaluate('localStorage.clear()');
    await fan.context.clearCookies({ name: 'access_token' });
    await fan.page.reload();
    await fan.page.getByText(fan.says('account.sessions.current')).waitFor();
    assert.equal(renewals, before + 1);
  },
  { allows: ended },
);
