import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Page } from '../../../../../components/page.tsx';
import { EventFileImport } from '../../../../../features/planning/event-file-import.tsx';
import { OrganiserGate } from '../../../../../features/planning/organiser-gate.tsx';
import { ClientTexts } from '../../../../../i18n/client-texts.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('planning.file');
  return { title: t('title'), robots: { index: false } };
}

export default async function EventFilePage(): Promise<ReactNode> {
  const t = await getTranslations('planning.file');
  return (
    <Page title={t('title')} lead={t('lead')}>
      <ClientTexts namespaces={['planning', 'common']}>
        <OrganiserGate>
          <EventFileImport />
        </OrganiserGate>
      </ClientTexts>
    </Page>
  );
}
