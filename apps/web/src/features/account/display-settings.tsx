import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Card } from '../../components/card.tsx';
import { DisplaySwitches } from '../frame/display-switches.tsx';

/** Language and theme among the settings of an account. */
export async function DisplaySettings(): Promise<ReactNode> {
  const t = await getTranslations('account.settings');
  return (
    <Card className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
      <h2 className="text-lg">{t('title')}</h2>
      <div className="flex items-center">
        <DisplaySwitches />
      </div>
    </Card>
  );
}
