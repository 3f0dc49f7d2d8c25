import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { type ReactNode, Suspense } from 'react';
import { LinkButton } from '../../../../components/button.tsx';
import { Page } from '../../../../components/page.tsx';
import { EventList } from '../../../../features/planning/event-list.tsx';
import { ForOrganisers, OrganiserGate } from '../../../../features/planning/organiser-gate.tsx';
import { ClientTexts } from '../../../../i18n/client-texts.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('planning.list');
  return { title: t('title'), robots: { index: false } };
}

export default async function OwnEventsPage(): Promise<ReactNode> {
  const t = await getTranslations('planning');
  return (
    <Page
      title={t('list.title')}
      lead={t('list.lead')}
      aside={
        <ForOrganisers>
          <div className="flex flex-wrap gap-2">
            <LinkButton href="/organiser/events/import" tone="secondary">
              {t('editor.fromFile')}
            </LinkButton>
            <LinkButton href="/organiser/events/new">{t('overview.newEvent')}</LinkButton>
          </div>
        </ForOrganisers>
      }
    >
      <ClientTexts namespaces={['planning', 'common']}>
        <OrganiserGate>
          <Suspense>
            <EventList />
          </Suspense>
        </OrganiserGate>
      </ClientTexts>
    </Page>
  );
}
