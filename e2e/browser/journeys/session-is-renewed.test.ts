import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BrowserContext } from 'playwright-core';
import { journey } from '../stage/journey.ts';
import { signIn, type Visitor } from '../stage/visitor.ts';

const ended = [
  {
    pattern: /status of 401 .*\/api\/v1\//,
    because: 'an ended access token is refused before it is renewed',
  },
];

/** Long enough for both tabs to be at it together. Milliseconds. */
const slowness = 500;

/** Slows renewals down and answers how many there were, and how many at the same time. */
async function watchRenewals(context: BrowserContext) {
  const seen = { all: 0, underWay: 0, mostAtOnce: 0 };
  await context.route('**/auth/refresh', async (route) => {
    seen.all += 1;
    seen.underWay += 1;
    seen.mostAtOnce = Math.max(seen.mostAtOnce, seen.underWay);
    await sleep(slowness);
    seen.underWay -= 1;
    await route.continue();
  });
  return seen;
}

const seeSessions = (tab: Visitor) => tab.page.getByText(tab.says('account.sessions.current')).waitFor();

journey(
  'two tabs whose access token has ended renew the session one after the other, and go on',
  async (scene) => {
    const fan = await scene.visitor();
    await signIn(fan);
    const other = await fan.newTab();
    // Pages that ask nothing of the account: a renewal of theirs would die with them, halfway.
    await fan.open('/search');
    await other.open('/search');
    const renewals = await watchRenewals(fan.context);

    await fan.context.clearCookies({ name: 'access_token' });
    await Promise.all([fan.open('/account/sessions'), other.open('/account/sessions')]);
    await Promise.all([seeSessions(fan), seeSessions(other)]);
    // One is enough for both, unless what one tab notes reaches the other's process late. Together they never renew.
    assert.equal(renewals.mostAtOnce, 1);
    assert.ok(renewals.all <= 2, `${renewals.all} renewals`);
    const names = (await fan.context.cookies()).map(({ name }) => name);
    assert.ok(names.includes('access_token'));
  },
  { allows: ended },
);
