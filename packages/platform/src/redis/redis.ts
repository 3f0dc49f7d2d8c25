import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** A Lua script of a source file; its header names its keys, its arguments and what it returns. */
export interface RedisScript {
  readonly name: string;
  readonly source: string;
  /** By which Redis knows it, hexadecimal. */
  readonly sha1: string;
}

/** How one script is run. */
export interface RunOptions {
  /** Milliseconds until it is given up; 1,000 when absent. */
  readonly deadlineMs?: number;
  /** Strings of the answer come as `Buffer`. */
  readonly isBinary?: boolean;
}

/** Ends a subscription. */
export type Unsubscribe = () => Promise<void>;

/**
 * A single Redis, a Dragonfly or a Redis Cluster. While it is away everything is refused at once with
 * `RedisUnavailable`; nothing waits for its return.
 */
export interface Redis {
  /**
   * Runs a script where its first key lives: all keys of one run share a hash tag. Answers integers as numbers, strings
   * as strings (or `Buffer`), lists as arrays, nil and false as null. Throws `RedisUnavailable`, or the script's own error.
   */
  run(
    script: RedisScript,
    keys: readonly [string, ...string[]],
    args: readonly (string | Buffer)[],
    options?: RunOptions,
  ): Promise<unknown>;
  /** Tells every subscriber that is connected just now, on whichever node. Throws `RedisUnavailable`. */
  publish(channel: string, bytes: string | Buffer): Promise<void>;
  /**
   * Calls `listener` with each message. Messages sent while the connection is away are lost. Resolves once subscribed, or
   * after a second without Redis: then the subscription begins by itself when Redis is back.
   */
  subscribe(channel: string, listener: (bytes: Buffer) => void): Promise<Unsubscribe>;
  /** Resolves when a node answers: good for readiness. Throws `RedisUnavailable`. */
  ping(): Promise<void>;
  /** Closes every connection after what is under way has been answered or given up. */
  close(): Promise<void>;
}

/** Redis could not be reached, answered too late or cannot serve now. */
export class RedisUnavailable extends Error {
  /** False when the command surely changed nothing; true when its answer alone may be lost. */
  readonly mayHaveRun: boolean;

  constructor(message: string, { mayHaveRun, cause }: { mayHaveRun: boolean; cause?: unknown }) {
    super(message, { cause });
    this.name = 'RedisUnavailable';
    this.mayHaveRun = mayHaveRun;
  }
}

/** Redis answers, but is not set up as it must be: a password, or a policy that would throw rows away. */
export class RedisMisconfigured extends Error {
  override readonly name = 'RedisMisconfigured';
}

/** Reads a script's source file; call it once, when a module is loaded. */
export function readScript(file: URL): RedisScript {
  const source = readFileSync(file, 'utf8');
  const name = file.pathname.slice(file.pathname.lastIndexOf('/') + 1);
  return { name, source, sha1: createHash('sha1').update(source).digest('hex') };
}
