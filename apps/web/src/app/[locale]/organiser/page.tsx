import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { LinkButton } from '../../../components/button.tsx';
import { Page } from '../../../components/page.tsx';
import { ForOrganisers, OrganiserGate } from '../../../features/planning/organiser-gate.tsx';
import { Overview } from '../../../features/planning/overview.tsx';
import { ClientTexts } from '../../../i18n/client-texts.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('planning.overview');
  return { title: t('title'), robots: { index: false } };
}

export default async function OrganiserPage(): Promise<ReactNode> {
  const t = await getTranslations('planning.overview');
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      aside={
        <ForOrganisers>
          <LinkButton href="/organiser/events/new">{t('newEvent')}</LinkButton>
        </ForOrganisers>
      }
    >
      <ClientTexts namespaces={['planning', 'common']}>
        <OrganiserGate>
          <Overview />
        </OrganiserGate>
      </ClientTexts>
    </Page>
  );
}
