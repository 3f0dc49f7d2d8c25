'use client';

import type { ReactNode } from 'react';
import { Badge } from '../../components/badge.tsx';
import { KoreanTime } from '../../components/korean-time.tsx';
import { classNames } from '../../design/class-names.ts';
import { formatCount, formatShortMoment } from '../../design/format.ts';
import { formatCountdown } from '../../design/format-countdown.ts';
import { type Locale, localePath } from '../../i18n/routing.ts';
import { fillText } from './fill-text.ts';
import { isMainAction, saleActionPath } from './sale-action.ts';
import type { SalePhase } from './sale-phase.ts';
import type { SaleTexts } from './sale-texts.ts';
import type { LiveSale } from './use-live-sale.ts';

interface Shown {
  readonly sale: LiveSale;
  readonly locale: Locale;
  readonly texts: SaleTexts;
}

const tones: Readonly<Record<SalePhase, 'accent' | 'good' | 'warn' | 'bad' | 'neutral'>> = {
  'before-lobby': 'accent',
  lobby: 'accent',
  'on-sale': 'good',
  paused: 'warn',
  draining: 'warn',
  'sold-out': 'neutral',
  ended: 'neutral',
  cancelled: 'bad',
};

/** What one can do now. It keeps its height from phase to phase, so that nothing moves under a finger. */
export function SalePanel({
  sale,
  slug,
  locale,
  isSignedIn,
  texts,
}: Shown & { readonly slug: string; readonly isSignedIn: boolean }): ReactNode {
  const { phase, live, facts } = sale;
  const notice = live?.line.notice?.[locale];
  return (
    <section
      aria-labelledby="sale"
      className="grid gap-4 rounded-card border border-rule bg-surface p-5 shadow-card"
    >
      <div className="flex items-center justify-between gap-3">
        <h2 id="sale" className="text-lg">
          {texts.heading}
        </h2>
        <Badge tone={tones[phase]}>{texts.phase[phase]}</Badge>
      </div>
      <div className="grid min-h-24 content-center gap-1">
        <Lead sale={sale} locale={locale} texts={texts} />
        {notice !== undefined && <p className="text-sm font-medium text-warn">{notice}</p>}
      </div>
      <Action phase={phase} slug={slug} locale={locale} isSignedIn={isSignedIn} texts={texts} />
      <p className="min-h-12 text-sm text-muted">
        {phase === 'before-lobby' && (
          <>
            {`${texts.opensAt} ${formatShortMoment(facts.opensAtMs, locale)} `}
            <KoreanTime text={texts.koreanTime} />
            <br />
          </>
        )}
        {!(phase === 'before-lobby' && isSignedIn) && hintOf({ sale, locale, texts })}
      </p>
    </section>
  );
}

function Lead({ sale: { phase, facts, secondsLeft }, locale, texts }: Shown): ReactNode {
  if (secondsLeft === undefined)
    return (
      <>
        <p className={phase === 'on-sale' ? 'text-lg font-semibold' : 'font-medium'}>{texts.lead[phase]}</p>
        {phase === 'on-sale' && (
          <p className="text-sm text-muted">
            {`${texts.until} ${formatShortMoment(facts.endsAtMs, locale)} `}
            <KoreanTime text={texts.koreanTime} />
          </p>
        )}
      </>
    );
  return (
    <>
      <p className="text-sm text-muted">{texts.lead[phase]}</p>
      <p role="timer" className="numeric text-3xl leading-tight font-black tracking-tight sm:text-4xl">
        {formatCountdown(secondsLeft, locale)}
      </p>
    </>
  );
}

function Action({
  phase,
  slug,
  locale,
  isSignedIn,
  texts,
}: {
  readonly phase: SalePhase;
  readonly slug: string;
  readonly locale: Locale;
  readonly isSignedIn: boolean;
  readonly texts: SaleTexts;
}): ReactNode {
  const look =
    'inline-flex min-h-14 items-center justify-center rounded-control px-4 py-2 text-lg font-bold transition-colors';
  // Who is in already only waits: the place of the button stays.
  if (phase === 'before-lobby' && isSignedIn)
    return <p className={classNames(look, 'bg-sunken text-muted')}>{texts.waitHere}</p>;
  return (
    <a
      href={localePath(locale, saleActionPath(phase, slug))}
      className={classNames(
        look,
        isMainAction(phase)
          ? 'bg-accent text-on-accent hover:bg-accent-strong'
          : 'border border-edge bg-surface text-ink hover:bg-sunken',
      )}
    >
      {texts.action[phase]}
    </a>
  );
}

function hintOf({ sale: { phase, live }, locale, texts }: Shown): string {
  if (phase === 'lobby' && live !== undefined && live.line.issued > 1)
    return `${fillText(texts.people, { count: formatCount(live.line.issued, locale) })} ${texts.hint.lobby}`;
  return phase === 'before-lobby' || phase === 'lobby' || phase === 'on-sale' ? texts.hint[phase] : '';
}
