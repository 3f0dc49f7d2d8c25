import { Problem } from '@urr/platform/problem.ts';
import type { Deps } from '../deps.ts';
import { listReservations as listRows, type ListPosition } from './store.ts';
import { view } from './view.ts';

interface Page {
  readonly before: string | undefined;
  readonly limit: number;
}

/** One page of an account's reservations, newest first. */
export async function listReservations(
  deps: Pick<Deps, 'db' | 'live' | 'config'>,
  accountId: string,
  page: Page,
) {
  const before = page.before === undefined ? undefined : parsePosition(page.before);
  const rows = await listRows(deps.db, accountId, { before, limit: page.limit + 1 });
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  return {
    reservations: await Promise.all(shown.map((row) => view(deps, row))),
    ...(rows.length > page.limit && last !== undefined ? { next: positionText(last) } : {}),
  };
}

function positionText(row: { created_at: Date; reservation_id: string }): string {
  return `${row.created_at.getTime()}_${row.reservation_id}`;
}

function parsePosition(text: string): ListPosition {
  const match = /^(\d{1,15})_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(text);
  if (match === null) {
    const errors = [{ path: 'query/before', message: 'must be the `next` of an earlier page' }];
    throw new Problem('invalid-input', { data: { errors } });
  }
  return { createdAt: new Date(Number(match[1])), reservationId: match[2] ?? '' };
}
