import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { LinkButton } from '../../../../components/button.tsx';
import { Page } from '../../../../components/page.tsx';
import { HallList } from '../../../../features/halls/hall-list.tsx';
import { ForOrganisers, OrganiserGate } from '../../../../features/planning/organiser-gate.tsx';
import { ClientTexts } from '../../../../i18n/client-texts.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('halls.list');
  return { title: t('title'), robots: { index: false } };
}

export default async function HallsPage(): Promise<ReactNode> {
  const t = await getTranslations('halls.list');
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      aside={
        <ForOrganisers>
          <LinkButton href="/organiser/halls/import">{t('import')}</LinkButton>
        </ForOrganisers>
      }
    >
      <ClientTexts namespaces={['halls', 'planning', 'common']}>
        <OrganiserGate>
          <HallList />
        </OrganiserGate>
      </ClientTexts>
    </Page>
  );
}
