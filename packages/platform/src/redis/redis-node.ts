import { ErrorReply, RESP_TYPES } from '@redis/client';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../logger.ts';
import {
  type Client,
  connectClient,
  dropClient,
  type NodeAccess,
  type NodeAddress,
} from './connect-client.ts';
import { withDeadline } from '../deadline.ts';
import { RedisUnavailable } from './redis.ts';

interface RedisNodeOptions {
  /** Asked before every attempt, so that a connection may move. */
  readonly address: () => NodeAddress;
  readonly access: NodeAccess;
  readonly logger: Logger;
  /** Done with a fresh connection before it is used. */
  readonly prepare?: (client: Client) => Promise<void>;
  /** The node is away; told again after each attempt in vain. */
  readonly onAway?: () => void;
}

/** A command and how its answer is read. */
export interface Sending {
  readonly deadlineMs: number;
  readonly isBinary?: boolean | undefined;
}

const firstDelayMs = 50;
const longestDelayMs = 500;
const pingEveryMs = 1_000;
/** A node that answers nothing for so long is taken for lost, its connection for dead. Milliseconds. */
const silenceMs = 3_000;
const asBuffers = { [RESP_TYPES.BLOB_STRING]: Buffer };

/** One node and the connection to it, made again whenever it is lost. While it is away, commands are refused at once. */
export class RedisNode {
  readonly #options: RedisNodeOptions;
  readonly #first: Promise<void>;
  readonly #stop = new AbortController();
  readonly #living: Promise<void>;
  #client: Client | undefined;
  #isOpened = false;
  #fault: unknown;

  constructor(options: RedisNodeOptions) {
    this.#options = options;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#first = promise;
    this.#living = this.#live(resolve);
  }

  get address(): NodeAddress {
    return this.#options.address();
  }

  get isReady(): boolean {
    return this.#client !== undefined;
  }

  get client(): Client | undefined {
    return this.#client;
  }

  /** Resolves after the first attempt to connect, or after `mostMs`; throws why it failed. */
  async opened(mostMs: number): Promise<void> {
    if (!this.#isOpened) await Promise.race([this.#first, sleep(mostMs, undefined, { ref: false })]);
    if (this.#client === undefined && this.#fault !== undefined) throw this.#fault;
  }

  /** Sends one command, or several that follow each other; answers the last one's reply. */
  async send(commands: readonly (readonly (string | Buffer)[])[], sending: Sending): Promise<unknown> {
    // Only the very first connection is waited for: a node that is away refuses at once.
    if (this.#client === undefined) await this.opened(sending.deadlineMs).catch(() => {});
    const client = this.#client;
    if (client === undefined)
      throw new RedisUnavailable('Redis is away', { mayHaveRun: false, cause: this.#fault });
    const options = sending.isBinary === true ? { typeMapping: asBuffers } : {};
    const replies = commands.map((command) => client.sendCommand(command, options));
    for (const reply of replies) reply.catch(() => {});
    return within(replies.at(-1) ?? Promise.resolve(), sending.deadlineMs);
  }

  /** Gives the connection up and makes another: the node behind it is not what it was. */
  renew(): void {
    if (this.#client !== undefined) dropClient(this.#client);
  }

  async close(): Promise<void> {
    this.#stop.abort();
    // What is under way is answered first; a node that hangs is not waited for.
    const client = this.#client;
    if (client !== undefined) {
      await Promise.race([client.close().catch(() => {}), sleep(silenceMs, undefined, { ref: false })]);
      dropClient(client);
    }
    await this.#living;
  }

  async #live(opened: () => void): Promise<void> {
    const { signal } = this.#stop;
    for (let failures = 0; !signal.aborted; failures += 1) {
      const client = await this.#connect(failures);
      this.#client = client;
      this.#isOpened = true;
      opened();
      if (client !== undefined) {
        failures = 0;
        await ended(client);
        this.#client = undefined;
        if (signal.aborted) return;
        this.#options.logger.warn({ redis: nameOf(this.address) }, 'connection to Redis lost');
      }
      this.#options.onAway?.();
      const delayMs = Math.min(firstDelayMs * 2 ** failures, longestDelayMs);
      await sleep(delayMs * (0.5 + Math.random() / 2), undefined, { signal }).catch(() => {});
    }
  }

  async #connect(failures: number): Promise<Client | undefined> {
    const { access, logger, prepare } = this.#options;
    const redis = nameOf(this.address);
    try {
      const client = await connectClient(this.address, access, prepare);
      if (this.#stop.signal.aborted) dropClient(client);
      if (this.#fault !== undefined) logger.info({ redis }, 'connected to Redis again');
      this.#fault = undefined;
      return client.isOpen ? client : undefined;
    } catch (error) {
      this.#fault = error;
      if (failures === 0) logger.warn({ redis, err: error }, 'Redis cannot be reached');
      return undefined;
    }
  }
}

function nameOf({ host, port }: NodeAddress): string {
  return `${host}:${port}`;
}

// A connection may look alive while nobody answers any more: a paused process, a cable cut.
async function ended(client: Client): Promise<void> {
  let answeredAtMs = performance.now();
  const ping = setInterval(() => {
    if (performance.now() - answeredAtMs > silenceMs) return dropClient(client);
    client.sendCommand(['PING']).then(
      () => (answeredAtMs = performance.now()),
      () => {},
    );
  }, pingEveryMs);
  await new Promise<void>((resolve) => {
    client.once('terminated', resolve).once('end', resolve);
    if (!client.isOpen) resolve();
  });
  clearInterval(ping);
}

async function within(reply: Promise<unknown>, deadlineMs: number): Promise<unknown> {
  try {
    return await withDeadline(
      reply,
      deadlineMs,
      () =>
        new RedisUnavailable(`Redis did not answer within ${Math.ceil(deadlineMs)} ms`, { mayHaveRun: true }),
    );
  } catch (error) {
    if (error instanceof ErrorReply || error instanceof RedisUnavailable) throw error;
    const isFull = error instanceof Error && error.message === 'The queue is full';
    throw new RedisUnavailable(isFull ? 'too much is under way to Redis' : 'connection to Redis lost', {
      mayHaveRun: !isFull,
      cause: error,
    });
  }
}
