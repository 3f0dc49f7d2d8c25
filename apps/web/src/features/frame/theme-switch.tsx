'use client';

import { type ReactNode, useSyncExternalStore } from 'react';
import { isTheme, type Theme, themeCookie } from '../../design/theme.ts';

type Choice = Theme | 'system';

/** Chooses light, dark, or what the system says. A page may have several: the document holds the choice. */
export function ThemeSwitch({
  theme,
  label,
  names,
}: {
  readonly theme: Choice;
  readonly label: string;
  readonly names: Readonly<Record<Choice, string>>;
}): ReactNode {
  const choice = useSyncExternalStore(onThemeChange, themeOfDocument, () => theme);
  return (
    <select
      aria-label={label}
      value={choice}
      onChange={(event) => choose(event.target.value)}
      className="min-h-11 rounded-control bg-transparent px-1 text-sm text-ink hover:bg-sunken"
    >
      {(['system', 'light', 'dark'] as const).map((name) => (
        <option key={name} value={name}>
          {names[name]}
        </option>
      ))}
    </select>
  );
}

function themeOfDocument(): Choice {
  const { theme } = document.documentElement.dataset;
  return isTheme(theme) ? theme : 'system';
}

function onThemeChange(tell: () => void): () => void {
  const observer = new MutationObserver(tell);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}

function choose(wanted: string): void {
  const year = 60 * 60 * 24 * 365;
  const next = isTheme(wanted) ? wanted : undefined;
  document.cookie = `${themeCookie}=${next ?? ''}; Path=/; Max-Age=${next === undefined ? 0 : year}; SameSite=Lax`;
  if (next === undefined) delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = next;
}
