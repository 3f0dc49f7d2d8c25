import type { Deps } from '../deps.ts';
import { pageOf, parsePosition } from '../list-position.ts';
import { listReservations as listRows } from './store.ts';
import { view } from './view.ts';

interface Page {
  readonly before: string | undefined;
  readonly limit: number;
}

/** One page of an account's reservations, newest first. */
export async function listReservations(
  deps: Pick<Deps, 'db' | 'live' | 'config'>,
  accountId: string,
  { before, limit }: Page,
) {
  const rows = await listRows(deps.db, accountId, { before: parsePosition(before), limit: limit + 1 });
  const { shown, more } = pageOf(rows, limit, (row) => ({ at: row.created_at, id: row.reservation_id }));
  return { reservations: await Promise.all(shown.map((row) => view(deps, row))), ...more };
}
