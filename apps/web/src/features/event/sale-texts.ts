import type { Messages } from '../../messages/messages.ts';

/** Texts of the island that follows a sale, as they stand in the file: with their `{values}` open. */
export type SaleTexts = Messages['event']['sale'];

/** Texts of its list of prices. */
export type PriceTexts = Messages['event']['prices'];
