import {
  confirmReservation as confirmContract,
  pinReservation as pinContract,
} from '@urr/contracts/ticket-internal.ts';
import { serve } from '@urr/platform/serve.ts';
import type { Deps } from '../deps.ts';
import { confirmReservation } from './confirm-reservation.ts';
import { pinReservation } from './pin-reservation.ts';

/** Registers what payment-service calls on the way to tickets. */
export function servePayments(deps: Deps): void {
  serve(deps.serve, pinContract, ({ params, body }) => pinReservation(deps, { ...params, ...body }));
  serve(deps.serve, confirmContract, ({ params, body }) => confirmReservation(deps, { ...params, ...body }));
}
