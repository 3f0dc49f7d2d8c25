import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import {
  changeCapacity,
  chooseHallFile,
  importHall,
  openNow,
  publish,
  writeIn,
} from '../people/organiser.ts';
import { journey } from '../stage/journey.ts';
import { signInAsAdmin, type Visitor } from '../stage/visitor.ts';

const header = 'section,row,seat,grade,x,y,flags';
const rows = Array.from({ length: 12 }, (_, index) => `Stalls,A,${index + 1},R,${index * 60},300,`);

async function importOwnHall(organiser: Visitor, slug: string): Promise<void> {
  const broken = [header, rows[0], 'Stalls,A,2,GOLD,60,300,', ...rows.slice(2)].join('\n');
  await chooseHallFile(organiser, { name: `${slug}.csv`, csv: broken });
  const complaint = organiser.page.getByRole('alert').filter({
    has: organiser.page.getByText(organiser.says('halls.import.badTitle', { count: 1 })),
  });
  await complaint.waitFor();
  assert.match(await complaint.innerText(), /3번째 줄[\s\S]*GOLD/);

  await chooseHallFile(organiser, { name: `${slug}.csv`, csv: [header, ...rows].join('\n') });
  await importHall(organiser, { ko: `홀 ${slug}`, en: `Hall ${slug}` });
}

async function makeEvent(organiser: Visitor, slug: string): Promise<void> {
  await writeIn(organiser, {
    'planning.editor.field.title.ko.label': `새 공연 ${slug}`,
    'planning.editor.field.title.en.label': `New show ${slug}`,
    'planning.editor.field.slug.label': slug,
    'planning.editor.field.description.ko.label': '주최자가 화면에서 만든 공연입니다.',
    'planning.editor.field.artist.name.ko.label': '새 밴드',
    'planning.editor.field.artist.name.en.label': 'The New Band',
    'planning.editor.field.artist.slug.label': 'the-new-band',
    'planning.editor.field.venue.address.ko.label': '서울특별시 새별구 극장로 2',
    'planning.editor.field.venue.address.en.label': '2 Geukjang-ro, Seoul',
  });
  // What was left out is listed; the text of the other language will do for now.
  await organiser.press('button', 'planning.editor.saveDraft');
  await organiser.page.getByText(organiser.says('planning.editor.faultsTitle', { count: 1 })).waitFor();
  await organiser.press('button', 'planning.editor.copyLabel');
  await organiser.hand.write(organiser.find('textbox', 'planning.editor.price', { grade: 'R' }), '77000');
  await organiser.press('button', 'planning.editor.saveDraft');
  await organiser.page.waitForURL(/\/organiser\/events\/[0-9a-f-]{36}/);
}

const early = [
  { pattern: /status of 404 .*\/control/, because: 'the line is made in the seconds after publishing' },
];

journey(
  'an organiser imports a hall, makes a show of it, publishes it and opens its sale',
  async (scene) => {
    const slug = `stalls-${randomUUID().slice(0, 8)}`;
    const organiser = await scene.visitor();
    await signInAsAdmin(organiser);
    await organiser.open('/organiser');
    await organiser.press('link', 'planning.nav.halls');
    await organiser.press('link', 'halls.list.import');
    await importOwnHall(organiser, slug);
    await organiser.press('link', 'halls.import.plan');
    await makeEvent(organiser, slug);
    await publish(organiser);

    await organiser.press('link', 'planning.own.control');
    await openNow(organiser);
    const record = organiser.page.getByRole('main').getByText(organiser.says('control.audit.action.open'));
    await record.first().waitFor();
    await changeCapacity(organiser, { from: 500, to: 600, isLeap: false });
    await changeCapacity(organiser, { from: 600, to: 3000, isLeap: true });

    const fan = await scene.visitor({ locale: 'en', kind: 'phone' });
    await fan.open(`/events/${slug}`);
    await fan.find('heading', 'event.sale.heading').waitFor();
    await fan.find('link', 'event.sale.action.on-sale').waitFor();
  },
  { allows: early },
);
