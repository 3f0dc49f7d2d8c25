import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../logger.ts';
import type { Client, NodeAccess } from './connect-client.ts';
import type { Unsubscribe } from './redis.ts';
import { RedisNode } from './redis-node.ts';
import type { Topology } from './topology.ts';

interface ChannelsOptions {
  readonly topology: Topology;
  readonly access: NodeAccess;
  readonly logger: Logger;
}

type Listener = (bytes: Buffer) => void;

const subscribeMs = 1_000;

/** All subscriptions, on one connection of their own, so that a burst of messages keeps no command waiting. */
export class Channels {
  readonly #options: ChannelsOptions;
  readonly #listeners = new Map<string, Set<Listener>>();
  #node: RedisNode | undefined;

  constructor(options: ChannelsOptions) {
    this.#options = options;
  }

  async subscribe(channel: string, listener: Listener): Promise<Unsubscribe> {
    const listeners = this.#listeners.get(channel);
    if (listeners === undefined) await this.#begin(channel, listener);
    else listeners.add(listener);
    return () => this.#end(channel, listener);
  }

  async close(): Promise<void> {
    this.#listeners.clear();
    await this.#node?.close();
  }

  async #begin(channel: string, listener: Listener): Promise<void> {
    this.#listeners.set(channel, new Set([listener]));
    const client = this.#node?.client;
    // A connection that is being made subscribes to everything that is listed by then.
    if (client !== undefined) await soon(this.#listen(client, channel));
    else await (this.#node ??= this.#open()).opened(subscribeMs).catch(() => {});
  }

  async #end(channel: string, listener: Listener): Promise<void> {
    const listeners = this.#listeners.get(channel);
    listeners?.delete(listener);
    if (listeners === undefined || listeners.size > 0) return;
    this.#listeners.delete(channel);
    await soon(this.#node?.client?.unsubscribe(channel));
  }

  #open(): RedisNode {
    const { topology, access, logger } = this.#options;
    let attempt = Math.floor(Math.random() * 1_000);
    let address = topology.listeningAddress(attempt);
    return new RedisNode({
      address: () => address,
      access,
      logger,
      prepare: async (client) => {
        await Promise.all([...this.#listeners.keys()].map((channel) => this.#listen(client, channel)));
      },
      onAway: () => (address = topology.listeningAddress((attempt += 1))),
    });
  }

  #listen(client: Client, channel: string): Promise<void> {
    const tell = (bytes: Buffer) => {
      for (const listener of this.#listeners.get(channel) ?? []) this.#call(listener, bytes);
    };
    return client.subscribe(channel, tell, true);
  }

  // What a listener throws would end up in the reader of the connection.
  #call(listener: Listener, bytes: Buffer): void {
    try {
      listener(bytes);
    } catch (error) {
      this.#options.logger.error({ err: error }, 'a message from Redis could not be taken');
    }
  }
}

async function soon(done: Promise<unknown> | undefined): Promise<void> {
  await Promise.race([done?.catch(() => {}), sleep(subscribeMs, undefined, { ref: false })]);
}
