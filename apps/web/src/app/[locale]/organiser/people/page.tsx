import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Page } from '../../../../components/page.tsx';
import { OrganiserGate } from '../../../../features/planning/organiser-gate.tsx';
import { People } from '../../../../features/planning/people.tsx';
import { ClientTexts } from '../../../../i18n/client-texts.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('planning.people');
  return { title: t('title'), robots: { index: false } };
}

export default async function PeoplePage(): Promise<ReactNode> {
  const t = await getTranslations('planning.people');
  return (
    <Page title={t('title')} lead={t('lead')}>
      <ClientTexts namespaces={['planning', 'common']}>
        <OrganiserGate need="admin">
          <People />
        </OrganiserGate>
      </ClientTexts>
    </Page>
  );
}
