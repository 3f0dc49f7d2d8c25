import type { Deps } from '../deps.ts';
import type { HeldReservation, HoldRequest } from './hold-request.ts';

export async function reserveBestAvailable(
  _deps: Deps,
  _request: HoldRequest & { readonly grade: string; readonly quantity: number },
): Promise<HeldReservation> {
  throw new Error('not yet');
}
