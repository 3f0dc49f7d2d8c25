import { uuidText } from '@urr/contracts/primitives.ts';
import { Problem } from '@urr/platform/problem.ts';

const positionPattern = new RegExp(`^(\\d{1,15})_(${uuidText})$`);

/** Where a page of an account's list ends: newest first, ids break ties. */
export interface ListPosition {
  /** Whole milliseconds. */
  readonly at: Date;
  readonly id: string;
}

/** The rows to show of those read, which were one more than the limit if there are more; then `next` names where to go on. */
export function pageOf<Row>(
  rows: readonly Row[],
  limit: number,
  positionOf: (row: Row) => ListPosition,
): { readonly shown: readonly Row[]; readonly more: { readonly next?: string } } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  if (rows.length <= limit || last === undefined) return { shown, more: {} };
  const { at, id } = positionOf(last);
  return { shown, more: { next: `${at.getTime()}_${id}` } };
}

/** Reads the `next` of an earlier page; undefined for the first. */
export function parsePosition(text: string | undefined): ListPosition | undefined {
  if (text === undefined) return undefined;
  const match = positionPattern.exec(text);
  if (match === null) {
    const errors = [{ path: 'query/before', message: 'must be the `next` of an earlier page' }];
    throw new Problem('invalid-input', { data: { errors } });
  }
  return { at: new Date(Number(match[1])), id: match[2] ?? '' };
}
