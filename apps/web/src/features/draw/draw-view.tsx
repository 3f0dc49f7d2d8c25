import type { EventDetail } from '@urr/contracts/catalog-shapes.ts';
import type { DrawDocument } from '@urr/contracts/queue-draw.ts';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { webConfig } from '../../../server/config.ts';
import { Badge } from '../../components/badge.tsx';
import { Card } from '../../components/card.tsx';
import { KoreanTime } from '../../components/korean-time.tsx';
import { Page } from '../../components/page.tsx';
import { formatCount, formatMoment } from '../../design/format.ts';
import { Link } from '../../i18n/link.tsx';
import { type Locale, localePath } from '../../i18n/routing.ts';
import { messagesOf } from '../../messages/messages.ts';
import { CommandLine } from './command-line.tsx';
import { DrawChecks } from './draw-checks.tsx';
import { heldDraw } from './draw-math.ts';
import { HexLine } from './hex-line.tsx';

interface Props {
  readonly event: EventDetail;
  readonly document: DrawDocument;
  readonly locale: Locale;
}

/** The draw of one sale: the promise before it, and everything to compute it again after it. */
export async function DrawView({ event, document, locale }: Props): Promise<ReactNode> {
  const t = await getTranslations('line.draw');
  const texts = messagesOf(locale).line.draw;
  const address = `${webConfig().WEB_PUBLIC_ORIGIN}/api/v1/queue/${event.eventId}/draw`;
  const draw = heldDraw(document);
  const link = 'inline-flex min-h-11 items-center text-accent underline underline-offset-4';
  return (
    <Page title={t('title')} lead={t('lead', { event: event.title[locale] })} isNarrow>
      <p className="flex flex-wrap gap-x-5">
        {/* The line's page is a document of its own. */}
        <a href={localePath(locale, `/events/${event.slug}/line`)} className={link}>
          {t('backToLine')}
        </a>
        <Link href={`/events/${event.slug}`} className={link}>
          {t('backToEvent')}
        </Link>
      </p>
      {draw === undefined ? (
        <Promised event={event} document={document} locale={locale} />
      ) : (
        <Held document={document} locale={locale} />
      )}
      <Meaning />
      {draw !== undefined && draw.size > 0 && (
        <DrawChecks eventId={event.eventId} draw={draw} texts={texts} locale={locale} />
      )}
      <CommandLine command={`npm run verify-draw -- ${address}`} texts={texts.command} />
    </Page>
  );
}

async function Promised({ event, document, locale }: Props): Promise<ReactNode> {
  const t = await getTranslations('line.draw.before');
  const common = await getTranslations('common');
  return (
    <Card className="grid gap-3">
      <div>
        <Badge tone="accent">{t('badge')}</Badge>
      </div>
      <h2 className="text-xl">{t('title')}</h2>
      <p>{t('lead')}</p>
      <dl>
        <HexLine label={t('commitment')} value={document.secretHash} />
      </dl>
      <p className="text-sm text-muted">
        {t('note', { moment: formatMoment(event.sale.opensAt, locale) })}{' '}
        <KoreanTime text={`(${common('koreanTime')})`} />
      </p>
    </Card>
  );
}

async function Held({ document, locale }: Pick<Props, 'document' | 'locale'>): Promise<ReactNode> {
  const t = await getTranslations('line.draw.after');
  const size = document.size ?? 0;
  const moment = formatMoment(document.drawnAt ?? 0, locale);
  return (
    <Card className="grid gap-3">
      <div>
        <Badge tone="good">{t('badge')}</Badge>
      </div>
      <h2 className="text-xl">{t('title')}</h2>
      <p>{size === 0 ? t('nobody') : t('summary', { moment, count: size })}</p>
      <dl className="grid gap-3">
        <div>
          <dt className="text-sm text-muted">{t('size')}</dt>
          <dd className="numeric text-2xl font-bold">{t('people', { count: formatCount(size, locale) })}</dd>
        </div>
        <HexLine label={t('commitment')} value={document.secretHash} />
        <HexLine label={t('secret')} value={document.secret ?? ''} />
        <HexLine label={t('root')} value={document.rosterRoot ?? ''} />
        <div>
          <dt className="text-sm text-muted">{t('algorithm')}</dt>
          <dd className="text-sm">{document.algorithm}</dd>
        </div>
      </dl>
    </Card>
  );
}

async function Meaning(): Promise<ReactNode> {
  const t = await getTranslations('line.draw.meaning');
  return (
    <section aria-labelledby="meaning" className="grid gap-2">
      <h2 id="meaning" className="text-xl">
        {t('title')}
      </h2>
      <ol className="grid list-decimal gap-2 ps-5">
        <li>{t('one')}</li>
        <li>{t('two')}</li>
        <li>{t('three')}</li>
      </ol>
    </section>
  );
}
