import assert from 'node:assert/strict';
import { choosePicture, drawPicture, shownPicture } from '../people/pictures.ts';
import { journey } from '../stage/journey.ts';
import { until } from '../stage/until.ts';
import { signInAsAdmin, type Visitor } from '../stage/visitor.ts';

const allows = [
  { pattern: /status of 422 .*\/image/, because: 'a picture that is too small is sent on purpose' },
];

journey(
  'an organiser uploads a picture, everybody sees it, and it can be taken away again',
  async (scene) => {
    const sale = await scene.sale({ title: '이미지' });
    const organiser = await scene.visitor();
    await signInAsAdmin(organiser);
    await organiser.open(`/organiser/events/${sale.eventId}`);
    await organiser.find('heading', 'planning.picture.title').waitFor();
    await refuseOthers(organiser);

    const fan = await scene.visitor({ kind: 'phone' });
    for (const [type, size] of [
      ['image/jpeg', [600, 900]],
      ['image/webp', [900, 600]],
      ['image/png', [300, 400]],
    ] as const) {
      await choosePicture(organiser, await drawPicture(organiser.page, type, size));
      await organiser.page.getByText(organiser.says('planning.picture.preview')).waitFor();
      await organiser.press('button', 'planning.picture.upload');
      await organiser.page.getByText(organiser.says('planning.picture.uploaded')).waitFor();
      await seen(fan, sale.slug, size);
    }

    await organiser.press('button', 'planning.picture.remove');
    await organiser.page.getByText(organiser.says('planning.picture.removed')).waitFor();
    await seen(fan, sale.slug, null);
  },
  { allows },
);

async function refuseOthers(organiser: Visitor): Promise<void> {
  const html = Buffer.from('<!doctype html><h1>no picture</h1>');
  await choosePicture(organiser, { name: 'poster.svg', mimeType: 'image/svg+xml', buffer: html });
  await organiser.page.getByText(organiser.says('planning.picture.wrongType')).waitFor();
  await choosePicture(organiser, { name: 'poster.jpg', mimeType: 'image/jpeg', buffer: html });
  await organiser.page.getByText(organiser.says('planning.picture.unreadable')).waitFor();
  const large = { name: 'poster.png', mimeType: 'image/png', buffer: Buffer.alloc(3 * 1024 * 1024) };
  await choosePicture(organiser, large);
  await organiser.page.getByText(organiser.says('planning.picture.tooLarge', { size: '3.0' })).waitFor();
  // What the browser can draw and we do not take is refused by the service, in the words of its table.
  await choosePicture(organiser, await drawPicture(organiser.page, 'image/png', [100, 100]));
  await organiser.press('button', 'planning.picture.upload');
  await organiser.page.getByRole('alert').filter({ hasText: '200~6000' }).waitFor();
  await organiser.press('button', 'planning.picture.another');
}

// Pages share what they read for a second or two.
async function seen(fan: Visitor, slug: string, size: readonly [number, number] | null): Promise<void> {
  await until('the fan to see the change', async () => {
    await fan.open(`/events/${slug}`);
    const shown = await shownPicture(fan);
    return JSON.stringify(shown) === JSON.stringify(size);
  });
  const overview = await fan.page.locator('main').ariaSnapshot();
  assert.doesNotMatch(overview, /\bimg\b.*images/, 'the picture decorates');
}
