import type { CallResult } from '@urr/contracts/call-route.ts';
import type { ProblemDocument } from '@urr/contracts/problem-document.ts';

/** Where files go, and as whom. */
export interface ImportTarget {
  /** Origin of the gateway. */
  readonly baseUrl: string;
  /** Access token of an organiser or admin. */
  readonly accessToken: string;
}

/** A file that was not taken, with every reason that was given. */
export class ImportRefused extends Error {
  constructor(file: string, reasons: readonly string[]) {
    super([`${file} was not imported:`, ...reasons.map((reason) => `  ${reason}`)].join('\n'));
    this.name = 'ImportRefused';
  }
}

/** How to call the gateway for a target; a large hall takes a while. */
export function callOptions(target: ImportTarget) {
  return {
    baseUrl: target.baseUrl,
    headers: { authorization: `Bearer ${target.accessToken}`, 'accept-language': 'en' },
    deadlineMs: 30_000,
  };
}

/** The body of a success; a refusal becomes an error that names lines or fields. */
export function takenBody<Contract>({ baseUrl }: ImportTarget, file: string, result: CallResult<Contract>) {
  if (result.ok) return result.body;
  throw new ImportRefused(file, isUnanswered(result) ? [notReached(baseUrl)] : reasonsOf(result.problem));
}

/** True when no answer came: a problem that was answered names its request. */
export function isUnanswered<Contract>(result: CallResult<Contract>): boolean {
  return !result.ok && result.unknown && result.problem.instance === undefined;
}

/** What to say about a gateway that did not answer. */
export function notReached(baseUrl: string): string {
  return `Could not reach ${baseUrl}. Does the platform run there (npm start, --url, PORT_OFFSET)?`;
}

interface Note {
  readonly line?: number;
  readonly column?: string | null;
  readonly path?: string;
  readonly message: string | { readonly en: string };
}

function reasonsOf(problem: ProblemDocument): string[] {
  const { errors = [], total } = (problem.data ?? {}) as { errors?: readonly Note[]; total?: number };
  const unlisted = (total ?? errors.length) - errors.length;
  return [
    `${problem.title} ${problem.detail} (${problem.code})`,
    ...errors.map(reasonOf),
    ...(unlisted > 0 ? [`and ${unlisted} more`] : []),
  ];
}

/** One fault as a line of text. */
export function reasonOf(note: Note): string {
  const column = note.column === undefined || note.column === null ? '' : `, ${note.column}`;
  const place = note.line === undefined ? (note.path ?? '') : `line ${note.line}${column}`;
  return `${place}: ${typeof note.message === 'string' ? note.message : note.message.en}`;
}
