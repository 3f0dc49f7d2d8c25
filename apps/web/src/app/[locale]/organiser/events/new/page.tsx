import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { type ReactNode, Suspense } from 'react';
import { LinkButton } from '../../../../../components/button.tsx';
import { Page } from '../../../../../components/page.tsx';
import { NewEvent } from '../../../../../features/planning/new-event.tsx';
import { ForOrganisers, OrganiserGate } from '../../../../../features/planning/organiser-gate.tsx';
import { ClientTexts } from '../../../../../i18n/client-texts.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('planning.editor');
  return { title: t('newTitle'), robots: { index: false } };
}

export default async function NewEventPage(): Promise<ReactNode> {
  const t = await getTranslations('planning.editor');
  return (
    <Page
      title={t('newTitle')}
      lead={t('newLead')}
      aside={
        <ForOrganisers>
          <LinkButton href="/organiser/events/import" tone="secondary">
            {t('fromFile')}
          </LinkButton>
        </ForOrganisers>
      }
    >
      <ClientTexts namespaces={['planning', 'common']}>
        <OrganiserGate>
          <Suspense>
            <NewEvent />
          </Suspense>
        </OrganiserGate>
      </ClientTexts>
    </Page>
  );
}
