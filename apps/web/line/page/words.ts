import type { Messages } from '../../src/messages/messages.ts';

/** All texts of the line page in one language. */
export type LineTexts = Messages['line']['page'];

/** Puts values into a text: `{count}명` and `{ count: '3' }` give `3명`. What has no value stays as it is. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
