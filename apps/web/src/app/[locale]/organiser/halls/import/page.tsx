import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { type ReactNode, Suspense } from 'react';
import { LinkButton } from '../../../../../components/button.tsx';
import { Page } from '../../../../../components/page.tsx';
import { HallImport } from '../../../../../features/halls/hall-import.tsx';
import { OrganiserGate } from '../../../../../features/planning/organiser-gate.tsx';
import { ClientTexts } from '../../../../../i18n/client-texts.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('halls.import');
  return { title: t('title'), robots: { index: false } };
}

export default async function HallImportPage(): Promise<ReactNode> {
  const t = await getTranslations('halls.import');
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      aside={
        <LinkButton href="/organiser/halls" tone="quiet" className="sm:-me-4 max-sm:-ms-4">
          {t('back')}
        </LinkButton>
      }
    >
      <ClientTexts namespaces={['halls', 'planning', 'common']}>
        <OrganiserGate>
          <Suspense>
            <HallImport />
          </Suspense>
        </OrganiserGate>
      </ClientTexts>
    </Page>
  );
}
