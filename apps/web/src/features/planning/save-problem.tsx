'use client';

import { useTranslations } from 'next-intl';
import { usePathname } from 'next/navigation';
import { type ReactNode, useEffect, useRef } from 'react';
import { Button, LinkButton } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { pathWithNext } from '../account/next-path.ts';
import { useEditor } from './editor-context.tsx';
import { inFormOrder } from './event-fields.ts';
import type { SaveOutcome } from './use-event-editor.ts';

/** Why an event was not saved, with the way to each field that is meant. */
export function SaveProblem({ outcome }: { readonly outcome: SaveOutcome }): ReactNode {
  const { errors } = useEditor();
  const box = useRef<HTMLDivElement>(null);
  const isFailed = outcome.kind === 'faulty' || outcome.kind === 'refused' || outcome.kind === 'unknown';
  useEffect(() => {
    if (isFailed) box.current?.focus();
  }, [outcome, isFailed]);
  if (!isFailed) return null;
  const paths = inFormOrder(Object.keys(errors));
  // All was corrected since: the next save will tell.
  if (outcome.kind === 'faulty' && paths.length === 0) return null;
  return (
    <div ref={box} tabIndex={-1} className="grid scroll-mb-24 gap-3">
      {outcome.kind === 'unknown' && <Unknown />}
      {outcome.kind === 'refused' && <Refusal problem={outcome.problem} />}
      {paths.length > 0 && <FaultyFields paths={paths} />}
    </div>
  );
}

function Unknown(): ReactNode {
  const t = useTranslations('planning.editor');
  return (
    <Notice
      tone="warn"
      title={t('unknownTitle')}
      isUrgent
      action={<Button type="submit">{t('again')}</Button>}
    >
      {t('unknownLead')}
    </Notice>
  );
}

function Refusal({ problem }: Parameters<typeof ProblemNotice>[0]): ReactNode {
  const c = useTranslations('common.signInFirst');
  const path = usePathname();
  // What is typed is kept by the browser until after the sign-in.
  if (problem.code === 'unauthenticated')
    return (
      <ProblemNotice
        problem={problem}
        action={<LinkButton href={pathWithNext('/login', path)}>{c('logIn')}</LinkButton>}
      />
    );
  return <ProblemNotice problem={problem} />;
}

function FaultyFields({ paths }: { readonly paths: readonly string[] }): ReactNode {
  const t = useTranslations('planning.editor');
  const { errors } = useEditor();
  const nameOf = useFieldName();
  return (
    <Notice tone="bad" title={t('faultsTitle', { count: paths.length })}>
      <ul className="grid gap-x-6 sm:grid-cols-2">
        {paths.map((path) => (
          <li key={path}>
            <button
              type="button"
              onClick={() => document.querySelector<HTMLElement>(`[name="${CSS.escape(path)}"]`)?.focus()}
              className="min-h-11 text-start underline underline-offset-4 hover:no-underline"
            >
              <span className="font-semibold">{nameOf(path)}</span> {errors[path]}
            </button>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function useFieldName(): (path: string) => string {
  const t = useTranslations('planning.editor');
  return (path) => {
    if (t.has(`field.${path}.label`)) return t(`field.${path}.label`);
    const [group = '', first = '', ...rest] = path.split('.');
    if (group === 'prices') return first === '' ? t('prices') : t('price', { grade: first });
    if (group !== 'pools') return t('sections.poster');
    const labels = {
      'name.ko': 'nameKo',
      'name.en': 'nameEn',
      grade: 'grade',
      quantity: 'quantity',
      price: 'price',
    } as const;
    const label = Object.entries(labels).find(([name]) => name === rest.join('.'))?.[1];
    const area = first === '' ? t('kind.standing') : t('pool.title', { number: Number(first) + 1 });
    return label === undefined ? area : `${area} · ${t(`pool.${label}`)}`;
  };
}
