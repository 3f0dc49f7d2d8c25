'use client';

import { listArtists } from '@urr/contracts/catalog.ts';
import type { ArtistView } from '@urr/contracts/catalog-shapes.ts';
import { useTranslations } from 'next-intl';
import { type ReactNode, useDeferredValue, useState } from 'react';
import { useRoute } from '../../api/queries.tsx';
import { Field } from '../../components/field.tsx';
import { usePageLocale } from '../../i18n/link.tsx';
import { useEditor } from './editor-context.tsx';
import { TextField } from './editor-fields.tsx';
import { EditorSection } from './editor-section.tsx';
import { withArtist } from './event-form-steps.ts';

/** Who plays: an artist that is known, or a new one. */
export function EditorArtist(): ReactNode {
  const t = useTranslations('planning.editor');
  const locale = usePageLocale();
  const { form, update } = useEditor();
  const [chosen, setChosen] = useState<ArtistView>();
  const choose = (artist: ArtistView) => {
    setChosen(artist);
    update(withArtist(form, artist), 'artist.slug', 'artist.name.ko', 'artist.name.en');
  };
  return (
    <EditorSection title={t('sections.artist')}>
      <FindArtist onChoose={choose} />
      <p aria-live="polite" className="text-sm text-muted">
        {chosen !== undefined &&
          chosen.slug === form.texts['artist.slug'] &&
          t('artistChosen', { name: chosen.name[locale] })}
      </p>
      <div className="grid items-start gap-4 md:grid-cols-2">
        <TextField path="artist.name.ko" />
        <TextField path="artist.name.en" />
        <TextField path="artist.slug" />
      </div>
    </EditorSection>
  );
}

function FindArtist({ onChoose }: { readonly onChoose: (artist: ArtistView) => void }): ReactNode {
  const t = useTranslations('planning.editor');
  const locale = usePageLocale();
  const [typed, setTyped] = useState('');
  const q = useDeferredValue(typed.trim());
  const found = useRoute(listArtists, { query: { q, limit: 6 } }, { isEnabled: q !== '' });
  const choose = (artist: ArtistView) => {
    setTyped('');
    onChoose(artist);
  };
  return (
    <div className="grid gap-2">
      <Field
        type="search"
        label={t('artistFind')}
        hint={t('artistFindHint')}
        maxLength={100}
        autoComplete="off"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        // Enter would send the whole form.
        onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
      />
      {q !== '' && found.data !== undefined && (
        <div aria-live="polite">
          {found.data.artists.length === 0 ? (
            <p className="text-sm text-muted">{t('artistNone')}</p>
          ) : (
            <ul className="flex flex-wrap gap-2">
              {found.data.artists.map((artist) => (
                <li key={artist.artistId}>
                  <button
                    type="button"
                    onClick={() => choose(artist)}
                    aria-label={t('artistChoose', { name: artist.name[locale] })}
                    className="min-h-11 rounded-full border border-edge bg-surface px-4 font-medium hover:bg-sunken"
                  >
                    {artist.name[locale]}
                  </button>
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
    </div>
  );
}
