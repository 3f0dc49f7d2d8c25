'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { phaseOf } from './line-actions.ts';

/** Says a change of phase once; the phase that was there first is on the page already. */
export function PhaseAnnouncer({
  phase,
  announce,
}: {
  readonly phase: string;
  readonly announce: (text: string) => void;
}): null {
  const t = useTranslations('control');
  const known = useRef(phase);
  useEffect(() => {
    if (known.current === phase) return;
    known.current = phase;
    announce(t('phaseChanged', { phase: t(`phase.${phaseOf(phase)}`) }));
  }, [phase, announce, t]);
  return null;
}
