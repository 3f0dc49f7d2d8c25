'use client';

import type { InclusionProof } from '@urr/contracts/queue-draw.ts';
import type { ReactNode } from 'react';
import { fill } from '../../../line/page/words.ts';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { formatCount } from '../../design/format.ts';
import type { Locale } from '../../i18n/routing.ts';
import { CheckLine } from './check-line.tsx';
import type { DrawTexts } from './draw-texts.ts';
import type { CheckedProof } from './draw-math.ts';
import { HexLine } from './hex-line.tsx';

interface Props {
  readonly proof: InclusionProof;
  readonly checked: CheckedProof;
  readonly texts: DrawTexts;
  readonly locale: Locale;
}

/** A checked proof: what came out, and each step of the way. */
export function ProofSteps({ proof, checked, texts: { mine, checks }, locale }: Props): ReactNode {
  const { isInRoster, isNumberRight } = checked;
  const isSound = isInRoster && isNumberRight;
  const values = { index: formatCount(proof.index, locale), number: formatCount(proof.number, locale) };
  const states = { running: checks.running, held: checks.stepHeld, broken: checks.stepBroken };
  return (
    <div className="grid gap-4">
      <Notice
        tone={isSound ? 'good' : 'bad'}
        title={isSound ? fill(mine.allGood, values) : mine.notGood}
        isUrgent={!isSound}
      />
      <div className="grid gap-2">
        <CheckLine state={isInRoster ? 'held' : 'broken'} texts={states}>
          {isInRoster ? mine.root : mine.rootBreaks}
        </CheckLine>
        <CheckLine state={isNumberRight ? 'held' : 'broken'} texts={states}>
          {fill(isNumberRight ? mine.number : mine.numberBreaks, values)}
        </CheckLine>
      </div>
      <details>
        <summary className="inline-flex min-h-11 cursor-pointer items-center text-accent underline underline-offset-4">
          {fill(mine.details, { count: checked.steps.length })}
        </summary>
        <dl className="mt-2 grid gap-3">
          <HexLine label={fill(mine.leaf, values)} value={checked.leaf} />
          {checked.steps.map(({ side, sibling, result }, level) => (
            <div key={sibling} className="grid gap-1">
              <dt className="text-sm text-muted">{fill(mine.step, { level: level + 1 })}</dt>
              <dd className="grid gap-1">
                <Hash label={side === 'left' ? mine.stepLeft : mine.stepRight} value={sibling} />
                <Hash label="=" value={result} />
              </dd>
            </div>
          ))}
        </dl>
      </details>
      <div>
        <Button tone="secondary" onClick={() => save(proof)}>
          {mine.save}
        </Button>
      </div>
    </div>
  );
}

function Hash({ label, value }: { readonly label: string; readonly value: string }): ReactNode {
  return (
    <span className="flex gap-2 rounded-control bg-sunken px-3 py-2 text-sm">
      <span className="min-w-12 text-muted">{label}</span>
      <code className="break-all">{value}</code>
    </span>
  );
}

// `npm run verify-draw -- … --proof <file>` reads this file.
function save(proof: InclusionProof): void {
  const address = URL.createObjectURL(
    new Blob([JSON.stringify(proof, null, 2)], { type: 'application/json' }),
  );
  const link = document.createElement('a');
  link.href = address;
  link.download = `urr-draw-proof-${proof.index}.json`;
  link.click();
  URL.revokeObjectURL(address);
}
