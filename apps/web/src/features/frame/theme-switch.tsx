'use client';

import { type ReactNode, useState } from 'react';
import { isTheme, type Theme, themeCookie } from '../../design/theme.ts';

type Choice = Theme | 'system';

/** Chooses light, dark, or what the system says. */
export function ThemeSwitch({
  theme,
  label,
  names,
}: {
  readonly theme: Choice;
  readonly label: string;
  readonly names: Readonly<Record<Choice, string>>;
}): ReactNode {
  const [choice, setChoice] = useState(theme);
  const choose = (wanted: string) => {
    const next: Choice = isTheme(wanted) ? wanted : 'system';
    const age = next === 'system' ? 0 : 60 * 60 * 24 * 365;
    document.cookie = `${themeCookie}=${next}; Path=/; Max-Age=${age}; SameSite=Lax`;
    if (next === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = next;
    setChoice(next);
  };
  return (
    <select
      aria-label={label}
      value={choice}
      onChange={(event) => choose(event.target.value)}
      className="min-h-11 rounded-control bg-surface px-1 text-sm text-ink hover:bg-sunken"
    >
      {(['system', 'light', 'dark'] as const).map((name) => (
        <option key={name} value={name}>
          {names[name]}
        </option>
      ))}
    </select>
  );
}
