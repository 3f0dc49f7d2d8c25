'use client';

import type { ProblemDocument } from '@urr/contracts/problem-document.ts';
import { type SignedIn, signInWithGoogle } from '@urr/contracts/auth.ts';
import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react';
import { call } from '../../api/call.ts';
import { Notice } from '../../components/notice.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { usePageLocale } from '../../i18n/link.tsx';
import { finishSignIn } from './finish-sign-in.ts';
import { loadGoogleIdentity } from './google-identity.ts';

/** Signs in with Google and goes on to `next`. Rendered only where Google sign-in is configured. */
export function GoogleButton({
  clientId,
  next,
}: {
  readonly clientId: string;
  readonly next: `/${string}`;
}): ReactNode {
  const t = useTranslations('account.google');
  const locale = usePageLocale();
  const place = useRef<HTMLDivElement>(null);
  const [isMissing, setMissing] = useState(false);
  const [problem, setProblem] = useState<ProblemDocument>();
  const onToken = useEffectEvent(async (idToken: string) => {
    setProblem(undefined);
    const result = await call(signInWithGoogle, { body: { idToken } });
    if (!result.ok) return setProblem(result.problem);
    const { account }: SignedIn = result.body;
    await finishSignIn(account, next, locale);
  });
  useEffect(() => {
    const show = async () => {
      const google = await loadGoogleIdentity();
      if (place.current === null) return;
      google.initialize({
        client_id: clientId,
        ux_mode: 'popup',
        callback: ({ credential }) => void onToken(credential),
      });
      // Drawn anew for another language: what stands there goes.
      place.current.replaceChildren();
      // Google draws between 200 and 400 pixels.
      const width = Math.min(400, Math.max(200, place.current.clientWidth));
      google.renderButton(place.current, { theme: 'outline', size: 'large', width, locale });
    };
    show().catch(() => setMissing(true));
  }, [clientId, locale]);
  return (
    <div className="grid gap-3">
      {isMissing ? (
        <Notice>{t('missing')}</Notice>
      ) : (
        <div ref={place} className="flex min-h-11 justify-center" />
      )}
      {problem !== undefined && <ProblemNotice problem={problem} />}
    </div>
  );
}
