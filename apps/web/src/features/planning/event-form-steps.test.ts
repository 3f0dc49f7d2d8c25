import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newEventForm } from './event-form.ts';
import {
  textToCopy,
  withAddress,
  withArtist,
  withColour,
  withHall,
  withPool,
  withText,
} from './event-form-steps.ts';
import { forgetForm, storedForm, storeForm } from './stored-form.ts';

const form = newEventForm(Date.parse('2027-01-01T00:00:00Z'));

test('a slug follows its name until it is typed by hand, and never once the event is made', () => {
  const named = withText(form, 'title.en', 'Low Tide!');
  assert.equal(named.texts.slug, 'low-tide');
  const renamed = withText(withText(named, 'slug', 'mine'), 'title.en', 'High Tide');
  assert.equal(renamed.texts.slug, 'mine');
  assert.equal(withText(named, 'title.en', 'High Tide', false).texts.slug, 'low-tide');
  assert.equal(withText(form, 'artist.name.en', 'Surf Static').texts['artist.slug'], 'surf-static');
});

test('a text is offered to the other language while that has none', () => {
  assert.equal(textToCopy(form, 'title.en'), undefined);
  const named = withText(form, 'title.ko', ' 봄밤 ');
  assert.equal(textToCopy(named, 'title.en'), '봄밤');
  assert.equal(textToCopy(named, 'title.ko'), undefined);
  assert.equal(textToCopy(withText(named, 'title.en', 'Spring Night'), 'title.en'), undefined);
  assert.equal(textToCopy(withText(form, 'venue.address.en', '1 Road'), 'venue.address.ko'), '1 Road');
  assert.equal(textToCopy(named, 'slug'), undefined);
});

test('an address that is known fills what is empty and leaves what was typed', () => {
  const known = { ko: '서울 극장로 1', en: '1 Theatre Road, Seoul' };
  const typed = withAddress(withText(form, 'venue.address.en', 'My own'), known);
  assert.equal(typed.texts['venue.address.ko'], known.ko);
  assert.equal(typed.texts['venue.address.en'], 'My own');
});

test('the end of the sale follows the show while it is an hour before it', () => {
  assert.equal(form.texts['sale.endsAt'], '2027-01-31T18:00');
  const moved = withText(form, 'startsAt', '2027-03-01T20:30');
  assert.equal(moved.texts['sale.endsAt'], '2027-03-01T19:30');
  const apart = withText(withText(moved, 'sale.endsAt', '2027-02-27T12:00'), 'startsAt', '2027-04-01T20:00');
  assert.equal(apart.texts['sale.endsAt'], '2027-02-27T12:00');
  assert.equal(withText(form, 'startsAt', '').texts['sale.endsAt'], '2027-01-31T18:00');
});

test('a hall lends its name to a venue without one', () => {
  const hall = { slug: 'dome', name: { ko: '돔', en: 'Dome' } };
  const { texts } = withHall(withText(form, 'venue.name.ko', '큰 돔'), hall);
  assert.deepEqual(
    [texts['venue.hall'], texts['venue.name.ko'], texts['venue.name.en']],
    ['dome', '큰 돔', 'Dome'],
  );
  assert.equal(withHall(form, undefined).texts['venue.hall'], '');
});

test('areas, artists and colours change one at a time', () => {
  const [pool] = withPool(form, 0, { grade: 'FLOOR' }).pools;
  assert.equal(pool?.grade, 'FLOOR');
  assert.equal(withColour(form, 1, '#123456').palette[1], '#123456');
  assert.equal(withArtist(form, { slug: 'a', name: { ko: '가', en: 'A' } }).texts['artist.name.ko'], '가');
});

test('what is typed survives the page, and what is not such a form is not taken for one', () => {
  const kept = new Map<string, string>();
  const store = {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  };
  storeForm(store, 'new', form);
  assert.deepEqual(storedForm(store, 'new'), form);
  assert.equal(storedForm(store, 'other'), undefined);
  forgetForm(store, 'new');
  assert.equal(storedForm(store, 'new'), undefined);
  for (const broken of ['{', 'null', '[]', '{"texts":{}}', JSON.stringify({ ...form, pools: [1] })]) {
    kept.set('urr.event-form.new', broken);
    assert.equal(storedForm(store, 'new'), undefined, broken);
  }
  const forbidden = {
    ...store,
    getItem: () => {
      throw new Error('forbidden');
    },
  };
  assert.equal(storedForm(forbidden, 'new'), undefined);
});
