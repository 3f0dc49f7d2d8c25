'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useDeferredValue } from 'react';
import { usePageLocale } from '../../i18n/link.tsx';
import { Poster } from '../posters/poster.tsx';
import { useEditor } from './editor-context.tsx';
import { EditorSection } from './editor-section.tsx';
import { withColour } from './event-form-steps.ts';

const presets: readonly (readonly string[])[] = [
  ['#1f2a44', '#f2c14e', '#f7f3e8'],
  ['#04151f', '#00a7a5', '#efefd0'],
  ['#3b0d2a', '#ff6b6b', '#ffe8d6'],
  ['#0b3d2e', '#a7d129', '#f8f6e3'],
  ['#f4efe6', '#c8553d', '#28323c'],
  ['#101014', '#8f7cff', '#e9e7ff'],
];
const names = ['background', 'motif', 'accent'] as const;

/** The colours of the drawn poster, with the poster beside them. */
export function EditorPoster(): ReactNode {
  const t = useTranslations('planning.editor');
  const locale = usePageLocale();
  const { form } = useEditor();
  // A colour is dragged through hundreds of others: only the one it rests at is drawn.
  const palette = useDeferredValue(form.palette);
  const title = form.texts[`title.${locale}`] || form.texts['title.ko'] || form.texts['title.en'] || 'URR';
  return (
    <EditorSection title={t('sections.poster')} lead={t('poster.lead')}>
      <div className="grid gap-6 sm:grid-cols-[1fr_14rem] sm:items-start">
        <div className="grid gap-4">
          <Presets />
          <div className="grid grid-cols-2 gap-3 md:grid-cols-3">
            {form.palette.map((colour, index) => (
              // Colours have no name of their own: their place is what they are.
              // oxlint-disable-next-line react/no-array-index-key
              <Colour key={index} index={index} colour={colour} />
            ))}
          </div>
        </div>
        <figure className="grid gap-2 justify-self-center sm:justify-self-stretch">
          <Poster
            slug={form.texts.slug || 'new'}
            palette={palette}
            title={title}
            className="w-56 sm:w-full"
          />
          <figcaption className="text-center text-sm text-muted">{t('poster.preview')}</figcaption>
        </figure>
      </div>
    </EditorSection>
  );
}

function Colour({ index, colour }: { readonly index: number; readonly colour: string }): ReactNode {
  const t = useTranslations('planning.editor.poster');
  const { form, errors, update } = useEditor();
  const name = names[index];
  const path = `poster.palette.${index}`;
  return (
    <label className="grid gap-1 text-sm font-semibold">
      {name === undefined ? t('more', { number: index + 1 }) : t(name)}
      <span className="flex min-h-11 items-center gap-2 rounded-control border border-edge bg-surface px-2">
        <input
          type="color"
          name={path}
          value={colour}
          onChange={(event) => update(withColour(form, index, event.target.value), path)}
          className="h-9 w-12 cursor-pointer rounded-control bg-surface"
        />
        <span className="font-mono text-sm font-normal text-muted">{colour}</span>
      </span>
      {errors[path] !== undefined && <span className="text-bad">{errors[path]}</span>}
    </label>
  );
}

function Presets(): ReactNode {
  const t = useTranslations('planning.editor.poster');
  const { form, update } = useEditor();
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1 text-sm font-semibold">{t('presets')}</legend>
      <div className="flex flex-wrap gap-2">
        {presets.map((palette, index) => (
          <button
            key={palette.join()}
            type="button"
            aria-label={t('preset', { number: index + 1 })}
            aria-pressed={palette.join() === form.palette.join()}
            onClick={() => update({ ...form, palette }, 'poster.palette')}
            className="flex h-11 w-20 overflow-hidden rounded-control border-2 border-edge aria-pressed:border-accent aria-pressed:ring-2 aria-pressed:ring-accent"
          >
            {palette.map((colour) => (
              <span key={colour} aria-hidden className="flex-1 self-stretch" style={{ background: colour }} />
            ))}
          </button>
        ))}
      </div>
    </fieldset>
  );
}
