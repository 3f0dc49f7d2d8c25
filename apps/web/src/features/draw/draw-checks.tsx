'use client';

import { type ReactNode, useEffect, useState } from 'react';
import { Card } from '../../components/card.tsx';
import { Notice } from '../../components/notice.tsx';
import type { Locale } from '../../i18n/routing.ts';
import { CheckLine, type CheckState } from './check-line.tsx';
import { canCompute, type HeldDraw, isSecretKept } from './draw-math.ts';
import type { DrawTexts } from './draw-texts.ts';
import { OwnProof } from './own-proof.tsx';
import { Recompute } from './recompute.tsx';
import { useBrowserAbility } from './use-browser-ability.ts';

interface Props {
  readonly eventId: string;
  readonly draw: HeldDraw;
  readonly texts: DrawTexts;
  readonly locale: Locale;
}

/** Computes a draw again on the reader's device, without the server that held it. */
export function DrawChecks({ eventId, draw, texts, locale }: Props): ReactNode {
  const isPossible = useBrowserAbility(canCompute, true);
  return (
    <section aria-labelledby="checks" className="grid gap-4">
      <div>
        <h2 id="checks" className="text-xl">
          {texts.checks.title}
        </h2>
        <p className="text-muted">{texts.checks.lead}</p>
      </div>
      {isPossible ? (
        <Card className="grid gap-6">
          <SecretCheck draw={draw} texts={texts} />
          <Recompute draw={draw} texts={texts.recompute} locale={locale} />
          <OwnProof eventId={eventId} draw={draw} texts={texts} locale={locale} />
        </Card>
      ) : (
        <Notice tone="warn" title={texts.noCrypto.title}>
          {texts.noCrypto.lead}
        </Notice>
      )}
    </section>
  );
}

function SecretCheck({ draw, texts: { checks } }: Pick<Props, 'draw' | 'texts'>): ReactNode {
  const [state, setState] = useState<CheckState>('running');
  useEffect(() => {
    if (canCompute()) void isSecretKept(draw).then((isKept) => setState(isKept ? 'held' : 'broken'));
  }, [draw]);
  return (
    <output className="block">
      <CheckLine state={state} texts={checks}>
        {state === 'broken' ? checks.secretBreaks : checks.secretFits}
      </CheckLine>
    </output>
  );
}
