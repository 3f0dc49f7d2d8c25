import type { listSessions } from '@urr/contracts/auth.ts';
import type { AnswerOf } from '@urr/contracts/route-contract.ts';

/** One sign-in on one device. */
export type Session = AnswerOf<typeof listSessions>['sessions'][number];
