'use client';

import type { CallResult } from '@urr/contracts/call-route.ts';
import type { ProblemDocument } from '@urr/contracts/problem-document.ts';
import type { AnswerOf, RouteContract } from '@urr/contracts/route-contract.ts';
import { type SubmitEvent, useEffect, useState } from 'react';
import { type CredentialFaults, refusedFields } from './credentials.ts';

type Typed = Readonly<Record<string, string>>;

/** A refusal as a form shows it. */
export interface FormRefusal {
  readonly problem: ProblemDocument;
  /** True when nobody can tell whether it was carried out. */
  readonly isUnknown: boolean;
}

interface AccountForm {
  readonly isBusy: boolean;
  readonly faults: CredentialFaults;
  readonly refusal: FormRefusal | undefined;
  /** Seconds until it may be sent again. */
  readonly waitSeconds: number;
  readonly submit: (event: SubmitEvent<HTMLFormElement>) => void;
}

/**
 * Sends a form of uncontrolled fields: what was typed, or filled in before the page was ready, stays as it is. It remains
 * busy after success, for a page follows.
 */
export function useAccountForm<Contract extends RouteContract>(steps: {
  readonly check: (typed: Typed) => CredentialFaults;
  readonly send: (typed: Typed) => Promise<CallResult<Contract>>;
  readonly onDone: (answer: AnswerOf<Contract>, form: HTMLFormElement) => Promise<'stay' | 'leave'>;
}): AccountForm {
  const [isBusy, setBusy] = useState(false);
  const [faults, setFaults] = useState<CredentialFaults>({});
  const [refusal, setRefusal] = useState<FormRefusal>();
  const [waitSeconds, waitFor] = useWait();
  useEffect(() => {
    // A page that is gone back to is as it was left: sent, and waiting for what came long ago.
    const wake = () => setBusy(false);
    window.addEventListener('pageshow', wake);
    return () => window.removeEventListener('pageshow', wake);
  }, []);

  const send = async (form: HTMLFormElement, typed: Typed) => {
    setBusy(true);
    const result = await steps.send(typed);
    if (result.ok) {
      if ((await steps.onDone(result.body, form)) === 'stay') setBusy(false);
      return;
    }
    setBusy(false);
    setRefusal({ problem: result.problem, isUnknown: result.unknown });
    waitFor(result.problem.retryAfter ?? 0);
    show(form, refusedFields(result.problem));
  };
  const show = (form: HTMLFormElement, found: CredentialFaults) => {
    setFaults(found);
    focusFirst(form, found);
  };
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const typed = typedIn(form);
    const found = steps.check(typed);
    setRefusal(undefined);
    show(form, found);
    if (Object.keys(found).length === 0 && !isBusy && waitSeconds === 0) void send(form, typed);
  };
  return { isBusy, faults, refusal, waitSeconds, submit };
}

function typedIn(form: HTMLFormElement): Typed {
  const entries = [...new FormData(form)].filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return Object.fromEntries(entries);
}

function focusFirst(form: HTMLFormElement, found: CredentialFaults): void {
  const first = [...form.elements].find((element) =>
    Object.hasOwn(found, element.getAttribute('name') ?? ''),
  );
  if (first instanceof HTMLElement) first.focus();
}

/** Counts down whole seconds; by the time that passes, not by ticks, which a hidden page misses. */
function useWait(): readonly [number, (seconds: number) => void] {
  const [until, setUntil] = useState(0);
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    if (until === 0) return;
    const tick = () => setSeconds(Math.max(0, Math.ceil((until - performance.now()) / 1000)));
    tick();
    const timer = setInterval(tick, 250);
    return () => clearInterval(timer);
  }, [until]);
  return [seconds, (wait) => setUntil(wait <= 0 ? 0 : performance.now() + wait * 1000)];
}
