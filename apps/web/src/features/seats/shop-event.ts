import type { EventState } from '@urr/contracts/catalog-shapes.ts';

/** What the page knows of the event it sells, in the reader's language. */
export interface ShopEvent {
  readonly eventId: string;
  readonly slug: string;
  readonly state: EventState;
  /** ISO 8601. */
  readonly opensAt: string;
  readonly limit: number;
  readonly isSignedIn: boolean;
  /** Time of the server when it rendered the page, in milliseconds. */
  readonly renderedAtMs: number;
}
