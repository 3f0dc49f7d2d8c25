import * as contracts from '@urr/contracts/ticket.ts';
import { Problem } from '@urr/platform/problem.ts';
import { serve } from '@urr/platform/serve.ts';
import type { Deps } from '../deps.ts';
import { cancelReservation } from './cancel-reservation.ts';
import { listReservations } from './list-reservations.ts';
import { readReservation } from './store.ts';
import { view } from './view.ts';

/** Registers what a buyer does with reservations; none of it needs an entry token. */
export function serveReservations(deps: Deps): void {
  serve(deps.serve, contracts.listMyReservations, ({ query, account }) =>
    listReservations(deps, account.accountId, { before: query.before, limit: query.limit ?? 20 }),
  );
  serve(deps.serve, contracts.readReservation, async ({ params, account }) => {
    const row = await readReservation(deps.db, params.reservationId);
    if (row === undefined || row.account_id !== account.accountId) throw new Problem('reservation-not-found');
    return view(deps, row);
  });
  serve(deps.serve, contracts.cancelReservation, ({ params, account, request }) =>
    cancelReservation(deps, { ...params, accountId: account.accountId, requestId: request.id }),
  );
}
