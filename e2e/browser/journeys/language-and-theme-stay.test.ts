import assert from 'node:assert/strict';
import { journey } from '../stage/journey.ts';
import type { Visitor } from '../stage/visitor.ts';

const paperOf = (visitor: Visitor): Promise<unknown> =>
  visitor.page.evaluate('getComputedStyle(document.documentElement).backgroundColor');

journey('a chosen language and theme stay on other pages, after a reload and in a new tab', async (scene) => {
  const fan = await scene.visitor({ locale: 'ko', theme: 'light' });
  await fan.open('/');
  const light = await paperOf(fan);
  const header = fan.page.getByRole('banner');
  await fan.hand.choose(header.getByRole('combobox', { name: fan.says('common.theme.label') }), 'dark');
  const dark = await paperOf(fan);
  assert.notEqual(dark, light);

  await fan.hand.press(header.getByRole('link', { name: 'English' }));
  await fan.page.waitForURL(/\/en$/);
  assert.equal(await paperOf(fan), dark);
  await fan.page.reload();
  assert.equal(await paperOf(fan), dark);

  // An address without a language leads to the one that was chosen.
  const tab = await fan.newTab();
  await tab.page.goto(`${scene.stage.webUrl}/login`);
  await tab.page.getByRole('heading', { level: 1, name: 'Log in' }).waitFor();
  assert.equal(new URL(tab.page.url()).pathname, '/en/login');
  assert.equal(await paperOf(tab), dark);
});

journey('a reader whose browser prefers English and dark gets both unasked', async (scene) => {
  const korean = await scene.visitor({ locale: 'ko', theme: 'light' });
  await korean.page.goto(scene.stage.webUrl);
  const english = await scene.visitor({ locale: 'en', theme: 'dark' });
  await english.page.goto(scene.stage.webUrl);
  assert.equal(new URL(korean.page.url()).pathname, '/ko');
  assert.equal(new URL(english.page.url()).pathname, '/en');
  assert.notEqual(await paperOf(korean), await paperOf(english));
});
