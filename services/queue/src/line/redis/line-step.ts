import type { RedisScript } from '@urr/platform/redis/redis.ts';

/** What became of steps that were to be logged; `record_line_steps` says when. */
export type LogOutcome = 'recorded' | 'stale' | 'forked' | 'late';

/** What is asked of a line in one step. */
export interface LineStep {
  readonly script: RedisScript;
  /** Arguments after those every script has. */
  readonly args: readonly string[];
  /** Looked at before every attempt: true when there is nothing left to do. */
  readonly isDone?: () => Promise<boolean>;
}

/** A script's answer, as `prelude.lua` tells it. */
export interface StepReply {
  readonly status: 'ok' | 'behind' | 'lost';
  readonly seq: number;
  readonly logged: number;
  /** Milliseconds of Redis' clock. */
  readonly now: number;
  /** Must be logged before the result is told to anybody. */
  readonly steps: readonly string[];
  readonly result: unknown;
}

/** A script's reply, named. */
export function replyOf(reply: unknown): StepReply {
  const [status, seq, logged, now, steps, result] = reply as [
    StepReply['status'],
    number,
    number,
    number,
    string[],
    unknown,
  ];
  return { status, seq, logged, now, steps, result };
}
