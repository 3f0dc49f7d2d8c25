'use client';

import { useQueryClient } from '@tanstack/react-query';
import { importHall } from '@urr/contracts/catalog.ts';
import type { HallImportReport } from '@urr/contracts/catalog-shapes.ts';
import type { ProblemDocument } from '@urr/contracts/problem-document.ts';
import { useRef, useState } from 'react';
import { forgetAttempt, keyOfAttempt } from '../../api/attempt-keys.ts';
import { call } from '../../api/call.ts';
import type { HallNaming } from './hall-naming.ts';

/** Reading 100,000 seats takes the service a while. Milliseconds. */
const deadlineMs = 60_000;
const attempt = 'import-hall';

/** What the service said to a file. */
export type HallCheck =
  | { readonly kind: 'none' | 'checking' }
  | { readonly kind: 'checked'; readonly report: HallImportReport; readonly slug: string }
  | { readonly kind: 'refused' | 'unknown'; readonly problem: ProblemDocument };

/** How the import itself went. */
export type HallSending =
  | { readonly kind: 'none' | 'busy' }
  | { readonly kind: 'done'; readonly report: HallImportReport }
  | { readonly kind: 'refused' | 'unknown'; readonly problem: ProblemDocument };

/** Checks a hall's file without importing it, then imports it. */
export function useHallImport() {
  const client = useQueryClient();
  const [check, setCheck] = useState<HallCheck>({ kind: 'none' });
  const [sending, setSending] = useState<HallSending>({ kind: 'none' });
  // Answers to a file that was replaced meanwhile say nothing about the one that is shown.
  const turn = useRef(0);

  const checkFile = async (csv: string, slug: string) => {
    const mine = (turn.current += 1);
    setSending({ kind: 'none' });
    setCheck({ kind: 'checking' });
    // Names do not matter to a check: it may come before they are typed.
    const body = { slug, name: { ko: slug, en: slug }, csv };
    const result = await call(importHall, { body, query: { dryRun: true } }, { deadlineMs });
    if (turn.current !== mine) return;
    if (result.ok) setCheck({ kind: 'checked', report: result.body, slug });
    else setCheck({ kind: 'refused', problem: result.problem });
  };

  const send = async (csv: string, naming: HallNaming) => {
    setSending({ kind: 'busy' });
    const body = { slug: naming.slug, name: { ko: naming.nameKo.trim(), en: naming.nameEn.trim() }, csv };
    const key = keyOfAttempt(
      window.sessionStorage,
      attempt,
      JSON.stringify({ ...body, csv: fingerprint(csv) }),
    );
    const result = await call(importHall, { body, query: {} }, { deadlineMs, idempotencyKey: key });
    if (result.ok || !result.unknown) forgetAttempt(window.sessionStorage, attempt);
    if (!result.ok)
      return setSending({ kind: result.unknown ? 'unknown' : 'refused', problem: result.problem });
    setSending({ kind: 'done', report: result.body });
    await client.invalidateQueries({ queryKey: ['halls'] });
  };

  const reset = () => {
    turn.current += 1;
    setCheck({ kind: 'none' });
    setSending({ kind: 'none' });
  };
  return { check, sending, checkFile, send, reset };
}

/** Tells two files apart without keeping them: a file is larger than what a session may store. */
function fingerprint(text: string): string {
  let hash = 0;
  for (let index = 0; index < text.length; index += 1)
    hash = (Math.imul(hash, 31) + text.charCodeAt(index)) | 0;
  return `${text.length}:${hash}`;
}
