import type { EventDetail } from '@urr/contracts/catalog-shapes.ts';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { formatShortMoment } from '../../design/format.ts';
import { Link } from '../../i18n/link.tsx';
import type { Locale } from '../../i18n/routing.ts';

/** The rules of the sale, in words. */
export async function SaleRules({
  event: { slug, sale },
  locale,
}: {
  readonly event: EventDetail;
  readonly locale: Locale;
}): Promise<ReactNode> {
  const t = await getTranslations('event.rules');
  const [from, until] = [sale.opensAt, sale.endsAt].map((at) => formatShortMoment(at, locale));
  const isLobbyAhead = sale.lobbyOpensAt !== sale.opensAt && Date.now() < Date.parse(sale.opensAt);
  return (
    <section aria-labelledby="rules" className="grid gap-4">
      <h2 id="rules" className="text-xl">
        {t('heading')}
      </h2>
      <ul className="grid gap-x-8 gap-y-5 sm:grid-cols-2">
        <Rule title={t('periodTitle')}>
          {t('period', { from: from ?? '', until: until ?? '' })}
          {isLobbyAhead && ` ${t('periodLobby', { lobby: formatShortMoment(sale.lobbyOpensAt, locale) })}`}
        </Rule>
        <Rule title={t('limitTitle', { count: sale.limitPerAccount })}>
          {t('limit', { count: sale.limitPerAccount })}
        </Rule>
        <Rule title={t('drawTitle')}>
          {t('draw')}
          <Link
            href={`/events/${slug}/draw`}
            className="flex w-fit min-h-11 items-center text-accent underline underline-offset-4 hover:text-accent-strong"
          >
            {t('drawLink')}
          </Link>
        </Rule>
        <Rule title={t('holdTitle')}>{t('hold')}</Rule>
      </ul>
    </section>
  );
}

function Rule({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactNode {
  return (
    <li className="border-t-2 border-rule pt-3">
      <h3 className="text-base">{title}</h3>
      <p className="mt-1 text-muted">{children}</p>
    </li>
  );
}
