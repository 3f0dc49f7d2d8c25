/** Cookie of the chosen theme; without it the system decides. */
export const themeCookie = 'urr-theme';

/** What a reader may choose. */
export type Theme = 'light' | 'dark';

/** Whether a cookie names a theme. */
export function isTheme(value: string | undefined): value is Theme {
  return value === 'light' || value === 'dark';
}
