import { uuidPattern } from '@urr/contracts/primitives.ts';

/** One value that a change of the line moved; `before` is absent where the line was new. */
export type AuditChange =
  | {
      readonly kind: 'moment';
      readonly field: string;
      readonly before: string | null;
      readonly after: string;
    }
  | { readonly kind: 'count'; readonly field: string; readonly before: number | null; readonly after: number }
  | { readonly kind: 'flag'; readonly field: string; readonly after: boolean }
  | { readonly kind: 'notice'; readonly before: NoticeText | null; readonly after: NoticeText | null };

interface NoticeText {
  readonly ko: string;
  readonly en: string;
}

const moments = ['lobbyOpensAt', 'opensAt', 'endsAt'] as const;
const counts = ['capacity', 'ratePerSecond', 'threshold', 'slotSeconds'] as const;
const flags = ['isPaused', 'isDraining', 'isCancelled'] as const;

/** What an audit row changed, in a fixed order; what stayed the same and what nobody knows is left out. */
export function auditChanges(before: unknown, after: unknown): AuditChange[] {
  const [old, fresh] = [recordOf(before), recordOf(after)];
  return [
    ...moments.flatMap((field) => momentChange(field, old[field], fresh[field])),
    ...counts.flatMap((field) => countChange(field, old[field], fresh[field])),
    ...flags.flatMap((field) => flagChange(field, old[field], fresh[field])),
    ...noticeChange(old['notice'], fresh['notice']),
  ];
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function momentChange(field: string, before: unknown, after: unknown): AuditChange[] {
  if (typeof after !== 'string' || before === after) return [];
  return [{ kind: 'moment', field, before: typeof before === 'string' ? before : null, after }];
}

function countChange(field: string, before: unknown, after: unknown): AuditChange[] {
  if (typeof after !== 'number' || before === after) return [];
  return [{ kind: 'count', field, before: typeof before === 'number' ? before : null, after }];
}

// A line that is new is neither paused nor draining; that goes without saying.
function flagChange(field: string, before: unknown, after: unknown): AuditChange[] {
  if (typeof after !== 'boolean' || (before ?? false) === after) return [];
  return [{ kind: 'flag', field, after }];
}

function noticeChange(before: unknown, after: unknown): AuditChange[] {
  const [old, fresh] = [noticeOf(before), noticeOf(after)];
  if (old?.ko === fresh?.ko && old?.en === fresh?.en) return [];
  return [{ kind: 'notice', before: old, after: fresh }];
}

function noticeOf(value: unknown): NoticeText | null {
  const { ko, en } = recordOf(value);
  return typeof ko === 'string' && typeof en === 'string' ? { ko, en } : null;
}

/** Who acted: the reader, another account, or a workload by itself. */
export function actorKind(actor: string, ownId: string | undefined): 'self' | 'account' | 'system' {
  if (actor === ownId) return 'self';
  return uuidPattern.test(actor) ? 'account' : 'system';
}
