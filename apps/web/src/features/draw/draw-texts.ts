import type { Messages } from '../../messages/messages.ts';

/** Texts of the draw in one language. */
export type DrawTexts = Messages['line']['draw'];
