import { randomUUID } from 'node:crypto';
import type { Redis } from '@urr/platform/redis/redis.ts';
import { lineKeys } from './line-keys.ts';
import type { LineRow } from './line-rows.ts';
import { type LineStep, replyOf, type StepReply } from './line-step.ts';

/** What this replica knows of a line that Redis keeps. */
export interface KeptLine {
  readonly eventId: string;
  readonly incarnation: number;
  /** Highest step known to be logged. */
  logged: number;
  row: LineRow;
}

/** Runs one script on a line. Whoever tells the result to anybody logs the reply's steps first. */
export async function askLine(
  redis: Redis,
  line: KeptLine,
  { script, args }: Pick<LineStep, 'script' | 'args'>,
): Promise<StepReply> {
  const keys = lineKeys(line.eventId, line.incarnation);
  const head = [String(line.incarnation), randomUUID(), String(line.logged)];
  return replyOf(await redis.run(script, keys, [...head, ...args]).catch(lostWhenForeign));
}

// Somebody else's rows stand where ours should: the line is not there.
function lostWhenForeign(error: unknown): unknown {
  if (error instanceof Error && error.message.startsWith('WRONGTYPE')) return ['lost', 0, 0, 0, [], 0];
  throw error;
}
