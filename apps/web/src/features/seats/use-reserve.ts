'use client';

import type { ProblemDocument } from '@urr/contracts/problem-document.ts';
import type { Reservation } from '@urr/contracts/ticket.ts';
import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { usePageLocale } from '../../i18n/link.tsx';
import { localePath } from '../../i18n/routing.ts';
import { type Answer, attemptKey, settleAttempt } from './attempt.ts';

/** Sends one request under a key. */
export type Send = (idempotencyKey: string) => Promise<Answer<Reservation>>;

/** How far a reservation is. `unknown`: it may have been made; the same attempt can be asked about again. */
export interface Reserving {
  readonly phase: 'idle' | 'sending' | 'repeating' | 'unknown' | 'done';
  readonly problem: ProblemDocument | undefined;
  readonly begin: (send: Send) => Promise<ProblemDocument | undefined>;
  /** Asks about the attempt whose outcome is unknown. */
  readonly askAgain: () => Promise<ProblemDocument | undefined>;
  readonly forgetProblem: () => void;
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Makes reservations: one attempt at a time, each with one key until its outcome is known; then on to payment. */
export function useReserve(): Reserving {
  const [state, setState] = useState<Pick<Reserving, 'phase' | 'problem'>>({
    phase: 'idle',
    problem: undefined,
  });
  const attempt = useRef<{ readonly key: string; readonly send: Send }>(undefined);
  const router = useRouter();
  const locale = usePageLocale();

  const settle = async (): Promise<ProblemDocument | undefined> => {
    const { current } = attempt;
    if (current === undefined) return undefined;
    setState({ phase: 'sending', problem: undefined });
    const onRepeat = () => setState({ phase: 'repeating', problem: undefined });
    const outcome = await settleAttempt(() => current.send(current.key), { onRepeat, sleep });
    if (outcome.kind !== 'unknown') attempt.current = undefined;
    if (outcome.kind === 'done') {
      setState({ phase: 'done', problem: undefined });
      router.push(localePath(locale, `/reservations/${outcome.body.reservationId}`));
      return undefined;
    }
    setState({ phase: outcome.kind === 'unknown' ? 'unknown' : 'idle', problem: outcome.problem });
    return outcome.kind === 'refused' ? outcome.problem : undefined;
  };

  return {
    ...state,
    begin: (send) => {
      attempt.current ??= { key: attemptKey(), send };
      return settle();
    },
    askAgain: settle,
    forgetProblem: () =>
      setState((before) => (before.phase === 'idle' ? { ...before, problem: undefined } : before)),
  };
}
