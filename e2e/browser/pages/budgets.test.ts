import assert from 'node:assert/strict';
import { newAccountAtApi } from '../stage/account-at-api.ts';
import { journey } from '../stage/journey.ts';
import { settles } from '../stage/layout.ts';
import type { Scene } from '../stage/scene.ts';
import { signIn } from '../stage/visitor.ts';
import { weigh } from '../stage/weigh.ts';

// Bytes; scripts are gzipped.
const eventPageScripts = 160 * 1024;
const seatMapScripts = 220 * 1024;
const linePageDocument = 14 * 1024;

// Pages that are built as they are asked for carry their tools with them.
async function isBuilt(scene: Scene): Promise<boolean> {
  return !(await (await fetch(`${scene.stage.webUrl}/ko`)).text()).includes('hmr-client');
}

journey('the event page asks for at most 160 KB of script', async (scene) => {
  const sale = await scene.sale({ title: 'Light' });
  const fan = await scene.visitor();
  const load = weigh(fan.page);
  await fan.open(`/events/${sale.slug}`);
  await settles(fan.page);
  const size = await load.scripts();
  console.log(`event page: ${size} bytes of script`);
  if (await isBuilt(scene)) assert.ok(size > 0 && size <= eventPageScripts, `${size} bytes`);
});

journey('the seat map asks for at most 220 KB of script', async (scene) => {
  const sale = await scene.sale({ title: 'Light seats' });
  const account = await newAccountAtApi(scene.stage);
  await account.join(sale);
  const fan = await scene.visitor();
  await signIn(fan, account.credentials);
  await fan.context.request.post(`${scene.stage.webUrl}/api/v1/queue/${sale.eventId}/enter`);
  const load = weigh(fan.page);
  await fan.open(`/events/${sale.slug}/seats`);
  await settles(fan.page);
  const size = await load.scripts();
  console.log(`seat map: ${size} bytes of script`);
  if (await isBuilt(scene)) assert.ok(size > 0 && size <= seatMapScripts, `${size} bytes`);
});

journey('the line page is there after 14 KB, its style included', async (scene) => {
  const crowded = await scene.sale({ title: 'Light line', capacity: 1, threshold: 0 });
  const first = await newAccountAtApi(scene.stage);
  await first.join(crowded);
  const fan = await scene.visitor();
  await signIn(fan);
  const load = weigh(fan.page);
  await fan.open(`/events/${crowded.slug}/line`);
  await fan.page.getByRole('heading', { level: 1 }).waitFor();
  const size = await load.documents();
  console.log(`line page: ${size} bytes of document and style`);
  assert.ok(size > 0 && size < linePageDocument, `${size} bytes`);
});
