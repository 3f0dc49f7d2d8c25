'use client';

import type { ProblemDocument } from '@urr/contracts/problem-document.ts';
import type { InclusionProof } from '@urr/contracts/queue-draw.ts';
import { readInclusionProof } from '@urr/contracts/queue.ts';
import { usePathname } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { call } from '../../api/call.ts';
import { Button, LinkButton } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import type { Locale } from '../../i18n/routing.ts';
import { pathWithNext } from '../account/next-path.ts';
import type { DrawTexts } from './draw-texts.ts';
import { type CheckedProof, checkProof, type HeldDraw } from './draw-math.ts';
import { ProofSteps } from './proof-steps.tsx';

interface Props {
  readonly eventId: string;
  readonly draw: HeldDraw;
  readonly texts: DrawTexts;
  readonly locale: Locale;
}

type Outcome =
  | { readonly kind: 'idle' | 'asking' }
  | { readonly kind: 'refused'; readonly problem: ProblemDocument }
  | { readonly kind: 'checked'; readonly proof: InclusionProof; readonly checked: CheckedProof };

/** Asks for the reader's own proof and checks it step by step. */
export function OwnProof({ eventId, draw, texts, locale }: Props): ReactNode {
  const [outcome, setOutcome] = useState<Outcome>({ kind: 'idle' });
  const ask = async () => {
    setOutcome({ kind: 'asking' });
    const result = await call(readInclusionProof, { params: { eventId } });
    if (!result.ok) return setOutcome({ kind: 'refused', problem: result.problem });
    setOutcome({ kind: 'checked', proof: result.body, checked: await checkProof(draw, result.body) });
  };
  return (
    <div className="grid gap-3">
      <h3 className="text-lg">{texts.mine.title}</h3>
      <p className="text-muted">{texts.mine.lead}</p>
      {outcome.kind !== 'checked' && (
        <div>
          <Button onClick={() => void ask()} isBusy={outcome.kind === 'asking'}>
            {texts.mine.open}
          </Button>
        </div>
      )}
      {outcome.kind === 'refused' && <Refused problem={outcome.problem} texts={texts} />}
      {outcome.kind === 'checked' && (
        <ProofSteps proof={outcome.proof} checked={outcome.checked} texts={texts} locale={locale} />
      )}
    </div>
  );
}

function Refused({
  problem,
  texts: { mine, logIn },
}: {
  readonly problem: ProblemDocument;
  readonly texts: DrawTexts;
}): ReactNode {
  const here = usePathname();
  if (problem.code === 'not-in-draw') return <Notice>{mine.notIn}</Notice>;
  const isStranger = problem.code === 'unauthenticated';
  return (
    <ProblemNotice
      problem={problem}
      action={isStranger && <LinkButton href={pathWithNext('/login', here)}>{logIn}</LinkButton>}
    />
  );
}
