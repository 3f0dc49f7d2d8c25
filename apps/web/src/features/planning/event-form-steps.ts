import type { HallView } from '@urr/contracts/catalog-shapes.ts';
import { slugOf, type TextPath, textPaths } from './event-fields.ts';
import type { EventForm, PoolForm } from './event-form.ts';
import { seoulClockLater } from './seoul-time.ts';

/** How long before the show a sale usually ends. Minutes. */
const usualEndMinutes = 60;

/** A form with one text typed; what was never typed by hand follows: slugs their names, the sale's end the show. */
export function withText(form: EventForm, path: TextPath, typed: string, isNew = true): EventForm {
  const texts = { ...form.texts, [path]: typed };
  const follow = (follower: TextPath, before: string, after: string) => {
    if (form.texts[follower] === before) texts[follower] = after;
  };
  if (path === 'title.en' && isNew) follow('slug', slugOf(form.texts['title.en']), slugOf(typed));
  if (path === 'artist.name.en') follow('artist.slug', slugOf(form.texts['artist.name.en']), slugOf(typed));
  if (path === 'startsAt') {
    const end = seoulClockLater(typed, -usualEndMinutes);
    if (end !== undefined)
      follow('sale.endsAt', seoulClockLater(form.texts.startsAt, -usualEndMinutes) ?? '', end);
  }
  return { ...form, texts };
}

/** The same text in the other language, where there is one and none of its own. */
export function textToCopy(form: EventForm, path: TextPath): string | undefined {
  const other = otherLanguage(path);
  if (other === undefined || form.texts[path].trim() !== '') return undefined;
  return form.texts[other].trim() || undefined;
}

function otherLanguage(path: TextPath): TextPath | undefined {
  const other = path.endsWith('.ko') ? path.replace(/ko$/, 'en') : path.replace(/\.en$/, '.ko');
  return other === path ? undefined : textPaths.find((known) => known === other);
}

/** A form with a hall chosen; its name stands in for a venue's that is still empty. */
export function withHall(form: EventForm, hall: Pick<HallView, 'slug' | 'name'> | undefined): EventForm {
  const { 'venue.name.ko': ko, 'venue.name.en': en } = form.texts;
  const names =
    hall === undefined ? {} : { 'venue.name.ko': ko || hall.name.ko, 'venue.name.en': en || hall.name.en };
  return { ...form, texts: { ...form.texts, ...names, 'venue.hall': hall?.slug ?? '' } };
}

/** A form with the address of a venue, where none was typed. */
export function withAddress(
  form: EventForm,
  { ko, en }: { readonly ko: string; readonly en: string },
): EventForm {
  const { 'venue.address.ko': typedKo, 'venue.address.en': typedEn } = form.texts;
  const address = { 'venue.address.ko': typedKo || ko, 'venue.address.en': typedEn || en };
  return { ...form, texts: { ...form.texts, ...address } };
}

/** A form with a known artist chosen. */
export function withArtist(
  form: EventForm,
  artist: { readonly slug: string; readonly name: { ko: string; en: string } },
): EventForm {
  const texts = {
    ...form.texts,
    'artist.slug': artist.slug,
    'artist.name.ko': artist.name.ko,
    'artist.name.en': artist.name.en,
  };
  return { ...form, texts };
}

/** A form with one area changed. */
export function withPool(form: EventForm, index: number, change: Partial<PoolForm>): EventForm {
  return { ...form, pools: form.pools.map((pool, at) => (at === index ? { ...pool, ...change } : pool)) };
}

/** A form with one colour of the poster changed. */
export function withColour(form: EventForm, index: number, colour: string): EventForm {
  return { ...form, palette: form.palette.map((before, at) => (at === index ? colour : before)) };
}
