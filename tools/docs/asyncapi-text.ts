import { asyncApiDocument } from '@urr/contracts/asyncapi.ts';

/** `docs/asyncapi.json`, made from the domain events. */
export function asyncApiText(): string {
  return `${JSON.stringify(asyncApiDocument(), undefined, 2)}\n`;
}
