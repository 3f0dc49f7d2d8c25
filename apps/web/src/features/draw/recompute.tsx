'use client';

import { type FormEvent, type ReactNode, useState } from 'react';
import { fill } from '../../../line/page/words.ts';
import { Button } from '../../components/button.tsx';
import { Field } from '../../components/field.tsx';
import { formatCount } from '../../design/format.ts';
import type { Locale } from '../../i18n/routing.ts';
import { type HeldDraw, numberOf } from './draw-math.ts';
import type { DrawTexts } from './draw-texts.ts';

/** Computes the number of any member of the lobby again. */
export function Recompute({
  draw,
  texts,
  locale,
}: {
  readonly draw: HeldDraw;
  readonly texts: DrawTexts['recompute'];
  readonly locale: Locale;
}): ReactNode {
  const [typed, setTyped] = useState('0');
  const [error, setError] = useState<string>();
  const [result, setResult] = useState<string>();
  const last = formatCount(draw.size - 1, locale);
  const compute = async (event: FormEvent) => {
    event.preventDefault();
    const index = /^\d{1,9}$/.test(typed.trim()) ? Number(typed) : draw.size;
    const isKnown = index < draw.size;
    setError(isKnown ? undefined : fill(texts.fault, { last }));
    setResult(undefined);
    if (!isKnown) return;
    const number = await numberOf(draw, index);
    setResult(fill(texts.result, { index: formatCount(index, locale), number: formatCount(number, locale) }));
  };
  return (
    <form className="grid gap-3" noValidate onSubmit={(event) => void compute(event)}>
      <h3 className="text-lg">{texts.title}</h3>
      <Field
        label={texts.index}
        hint={fill(texts.hint, { last })}
        error={error}
        inputMode="numeric"
        autoComplete="off"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" tone="secondary">
          {texts.submit}
        </Button>
        <output className="numeric font-semibold">{result}</output>
      </div>
    </form>
  );
}
