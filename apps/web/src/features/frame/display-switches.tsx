import { getTranslations } from 'next-intl/server';
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { isTheme, themeCookie } from '../../design/theme.ts';
import { LanguageSwitch } from './language-switch.tsx';
import { ThemeSwitch } from './theme-switch.tsx';

/** Language and theme, side by side. */
export async function DisplaySwitches(): Promise<ReactNode> {
  const [t, jar] = await Promise.all([getTranslations('common'), cookies()]);
  const theme = jar.get(themeCookie)?.value;
  return (
    <>
      <LanguageSwitch label={t('language')} />
      <ThemeSwitch
        theme={isTheme(theme) ? theme : 'system'}
        label={t('theme.label')}
        names={{ system: t('theme.system'), light: t('theme.light'), dark: t('theme.dark') }}
      />
    </>
  );
}
