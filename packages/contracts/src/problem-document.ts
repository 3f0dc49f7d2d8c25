import { type Static, Type } from 'typebox';
import type { BilingualText } from './problem-definition.ts';
import { type ProblemCode, problemDefinition } from './problem-table.ts';

/** Body of every refusal: `application/problem+json`, RFC 9457. */
export const ProblemDocument = Type.Object({
  type: Type.String({ description: 'Address of the entry in the problem table' }),
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.String({ description: 'What to do next' }),
  code: Type.String(),
  instance: Type.Optional(Type.String({ description: 'Request id' })),
  retryAfter: Type.Optional(Type.Integer({ description: 'Seconds' })),
  data: Type.Optional(Type.Unknown()),
});
export type ProblemDocument = Omit<Static<typeof ProblemDocument>, 'code'> & { code: ProblemCode };

/** What varies between two occurrences of the same problem. */
export interface ProblemOccurrence {
  readonly instance?: string;
  /** Seconds. */
  readonly retryAfter?: number;
  readonly data?: unknown;
  readonly language?: keyof BilingualText;
}

/** Builds the document for one occurrence; Korean unless `language` says otherwise. */
export function problemDocument(code: ProblemCode, occurrence: ProblemOccurrence = {}): ProblemDocument {
  const definition = problemDefinition(code);
  const language = occurrence.language ?? 'ko';
  return {
    type: `/docs/problems#${code}`,
    title: definition.title[language],
    status: definition.status,
    detail: definition.action[language],
    code,
    ...(occurrence.instance === undefined ? {} : { instance: occurrence.instance }),
    ...(occurrence.retryAfter === undefined ? {} : { retryAfter: occurrence.retryAfter }),
    ...(occurrence.data === undefined ? {} : { data: occurrence.data }),
  };
}
