import assert from 'node:assert/strict';
import { journey } from '../stage/journey.ts';
import { signInAsAdmin } from '../stage/visitor.ts';

// From the second visit on, who is signed in is known before the next part of the page is drawn.
const answersAtOnce = `(() => {
  const ask = globalThis.fetch;
  globalThis.fetch = async (address, options) => {
    if (!String(address).endsWith('/auth/me')) return ask(address, options);
    const kept = sessionStorage.getItem('me');
    if (kept === null) {
      const answer = await ask(address, options);
      sessionStorage.setItem('me', await answer.clone().text());
      return answer;
    }
    globalThis.answeredAtOnce = true;
    return new Response(kept, { headers: { 'content-type': 'application/json' } });
  };
})()`;

journey('a part of a page that wakes late has what the others have read meanwhile', async (scene) => {
  const organiser = await scene.visitor();
  await signInAsAdmin(organiser);
  const { eventId, title } = await scene.sale({ title: '늦게 깨는 쪽', opensInSeconds: 3_600 });
  await organiser.page.addInitScript(answersAtOnce);
  for (let visit = 0; visit < 2; visit += 1) {
    await organiser.open(`/organiser/events/${eventId}`);
    await organiser.page.getByRole('heading', { level: 1, name: title.ko }).waitFor();
  }
  assert.equal(await organiser.page.evaluate('globalThis.answeredAtOnce'), true);
});
