import { ErrorReply } from '@redis/client';
import type { Logger } from '../logger.ts';
import { Channels } from './channels.ts';
import type { NodeAddress } from './connect-client.ts';
import {
  type Redis,
  RedisMisconfigured,
  type RedisScript,
  RedisUnavailable,
  type RunOptions,
} from './redis.ts';
import type { RedisConfig } from './redis-variables.ts';
import type { RedisNode, Sending } from './redis-node.ts';
import { Topology } from './topology.ts';

const pingMs = 500;
const defaultDeadlineMs = 1_000;
const mostRedirections = 4;

/**
 * Opens Redis. Throws `RedisMisconfigured` when it answers but must not be used so; when nobody answers, that is logged and
 * the connection made as soon as somebody does.
 */
export async function openRedis(config: RedisConfig, logger: Logger): Promise<Redis> {
  const seeds = seedsOf(config);
  const access = {
    password: config.REDIS_PASSWORD,
    tls: config.REDIS_SSL ? { serverName: seeds[0].host } : undefined,
  };
  const topology = new Topology({ seeds, access, logger });
  const channels = new Channels({ topology, access, logger });
  try {
    await topology.open();
  } catch (error) {
    if (error instanceof RedisMisconfigured) {
      await topology.close();
      throw error;
    }
    logger.warn({ err: error, redis: seeds }, 'Redis cannot be reached yet');
    void topology.keepLooking();
  }
  return new ConnectedRedis(topology, channels);
}

function seedsOf(config: RedisConfig): [NodeAddress, ...NodeAddress[]] {
  const nodes = (config.REDIS_CLUSTER_NODES?.split(',') ?? []).map((node) => {
    const colon = node.lastIndexOf(':');
    return { host: node.slice(0, colon), port: Number(node.slice(colon + 1)) };
  });
  if (config.REDIS_HOST !== undefined) nodes.unshift({ host: config.REDIS_HOST, port: config.REDIS_PORT });
  const [first, ...rest] = nodes;
  if (first === undefined) throw new Error('Redis is not configured');
  return [first, ...rest];
}

class ConnectedRedis implements Redis {
  readonly #topology: Topology;
  readonly #channels: Channels;

  constructor(topology: Topology, channels: Channels) {
    this.#topology = topology;
    this.#channels = channels;
  }

  async run(
    script: RedisScript,
    keys: readonly [string, ...string[]],
    args: readonly (string | Buffer)[],
    options: RunOptions = {},
  ): Promise<unknown> {
    const operands = [String(keys.length), ...keys, ...args];
    const { deadlineMs = defaultDeadlineMs, isBinary } = options;
    const endsAtMs = performance.now() + deadlineMs;
    try {
      return await this.#route(keys[0], ['EVALSHA', script.sha1, ...operands], { endsAtMs, isBinary });
    } catch (error) {
      // A node that was started anew, or took over, has not seen the script yet: sending its text makes it known.
      if (!(error instanceof ErrorReply && error.message.startsWith('NOSCRIPT'))) throw error;
      return this.#route(keys[0], ['EVAL', script.source, ...operands], { endsAtMs, isBinary });
    }
  }

  async publish(channel: string, bytes: string | Buffer): Promise<void> {
    await this.#anyNode().send([['PUBLISH', channel, bytes]], { deadlineMs: defaultDeadlineMs });
  }

  subscribe(channel: string, listener: (bytes: Buffer) => void) {
    return this.#channels.subscribe(channel, listener);
  }

  async ping(): Promise<void> {
    // Clearly sooner than those who ask for readiness lose patience, which is after a second.
    await this.#anyNode().send([['PING']], { deadlineMs: pingMs });
  }

  async close(): Promise<void> {
    await Promise.all([this.#channels.close(), this.#topology.close()]);
  }

  #anyNode(): RedisNode {
    const node = this.#topology.anyNode();
    if (node === undefined) throw new RedisUnavailable('Redis is away', { mayHaveRun: false });
    return node;
  }

  async #route(
    key: string,
    command: readonly (string | Buffer)[],
    { endsAtMs, isBinary }: { endsAtMs: number; isBinary: boolean | undefined },
  ): Promise<unknown> {
    let node = this.#topology.nodeOf(key);
    let isAsking = false;
    for (let redirections = 0; ; redirections += 1) {
      if (node === undefined) throw new RedisUnavailable('Redis is away', { mayHaveRun: false });
      const sending: Sending = { deadlineMs: endsAtMs - performance.now(), isBinary };
      try {
        return await node.send(isAsking ? [['ASKING'], command] : [command], sending);
      } catch (error) {
        const turn = turnOf(error);
        if (turn === undefined) throw error;
        if (turn.kind === 'away' || redirections >= mostRedirections || performance.now() >= endsAtMs)
          throw this.#unavailable(error, node);
        isAsking = turn.kind === 'ask';
        if (turn.kind === 'moved') void this.#topology.refresh();
        node = this.#topology.nodeAt(turn.address(node.address));
      }
    }
  }

  #unavailable(error: unknown, node: RedisNode): RedisUnavailable {
    void this.#topology.refresh();
    if (error instanceof RedisUnavailable) return error;
    const message = error instanceof Error ? error.message : String(error);
    // The name we were given leads to another node now: a primary that changed hands.
    if (message.startsWith('READONLY')) node.renew();
    return new RedisUnavailable(`Redis cannot serve now: ${message}`, { mayHaveRun: false, cause: error });
  }
}

type Turn =
  | { readonly kind: 'moved' | 'ask'; readonly address: (asked: NodeAddress) => NodeAddress }
  | { readonly kind: 'away' };

const cannotServe = /^(CLUSTERDOWN|TRYAGAIN|LOADING|MASTERDOWN|READONLY|NOREPLICAS|MISCONF|OOM|BUSY)\b/;

// None of these replies comes from a command that ran.
function turnOf(error: unknown): Turn | undefined {
  if (error instanceof RedisUnavailable) return { kind: 'away' };
  if (!(error instanceof ErrorReply)) return undefined;
  const [, verb, place = ''] = /^(MOVED|ASK) \d+ (\S+)/.exec(error.message) ?? [];
  if (verb === undefined) return cannotServe.test(error.message) ? { kind: 'away' } : undefined;
  const colon = place.lastIndexOf(':');
  const port = Number(place.slice(colon + 1));
  return {
    kind: verb === 'ASK' ? 'ask' : 'moved',
    address: (asked) => ({ host: colon > 0 ? place.slice(0, colon) : asked.host, port }),
  };
}
