import { ErrorReply } from '@redis/client';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../logger.ts';
import { connectClient, dropClient, type NodeAccess, type NodeAddress } from './connect-client.ts';
import { keySlot } from './key-slot.ts';
import { RedisMisconfigured } from './redis.ts';
import { RedisNode } from './redis-node.ts';

/** Slots from `first` to `last` and the master that has them; one node alone has them all. */
interface SlotRange {
  readonly first: number;
  readonly last: number;
  readonly master: NodeAddress;
  readonly replicas: readonly NodeAddress[];
}

interface TopologyOptions {
  /** Whom to ask when nobody else is known. */
  readonly seeds: readonly [NodeAddress, ...NodeAddress[]];
  readonly access: NodeAccess;
  readonly logger: Logger;
}

const openMs = 2_000;
const askMs = 500;
const keepLookingMs = 500;
/** Between two looks at who has which slots. Milliseconds. */
const restMs = 200;

/** Which node has which keys. A single Redis is a cluster of one; which of both it is, it says itself. */
export class Topology {
  readonly #options: TopologyOptions;
  readonly #nodes = new Map<string, RedisNode>();
  #known: readonly NodeAddress[] = [];
  #slots: (RedisNode | undefined)[] = [];
  #only: RedisNode | undefined;
  #looking: Promise<void> | undefined;
  #fault: unknown;
  #isClosed = false;

  constructor(options: TopologyOptions) {
    this.#options = options;
  }

  /** Looks for the first time; throws what went wrong. */
  async open(): Promise<void> {
    await this.#look();
    if (this.#nodes.size === 0) throw this.#fault;
    const opened = await Promise.allSettled([...this.#nodes.values()].map((node) => node.opened(openMs)));
    const faults = opened.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
    if (faults.length > 0) throw worstOf(faults);
  }

  /** Looks again and again until somebody answers. */
  async keepLooking(): Promise<void> {
    while (!this.#isClosed && this.#nodes.size === 0) {
      await this.refresh();
      await sleep(keepLookingMs, undefined, { ref: false });
    }
  }

  /** The node that has a key, as far as is known. */
  nodeOf(key: string): RedisNode | undefined {
    return this.#only ?? this.#slots[keySlot(key)];
  }

  /** A master one can talk to just now. */
  anyNode(): RedisNode | undefined {
    return [...this.#nodes.values()].find((node) => node.isReady);
  }

  /** The master at an address a reply named. */
  nodeAt(address: NodeAddress): RedisNode {
    return this.#node(address);
  }

  /** Where to listen: a master one can talk to, else one address after another. */
  listeningAddress(attempt: number): NodeAddress {
    const ready = [...this.#nodes.values()].filter((node) => node.isReady);
    if (ready.length > 0) return ready[attempt % ready.length]?.address ?? this.#options.seeds[0];
    const all = this.#addresses();
    return all[attempt % all.length] ?? this.#options.seeds[0];
  }

  /** Looks who has which slots; who asks while another look is under way shares it. */
  refresh(): Promise<void> {
    if (this.#isClosed) return Promise.resolve();
    this.#looking ??= this.#look().finally(() => this.#rest());
    return this.#looking;
  }

  // Who comes in a moment shares the same look: a cluster that changes hands is not asked in a loop.
  #rest(): void {
    setTimeout(() => (this.#looking = undefined), restMs).unref();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#nodes.values()].map((node) => node.close()));
  }

  async #look(): Promise<void> {
    const ready = [...this.#nodes.values()].filter((node) => node.isReady);
    for (const node of ready) {
      const found = await askNode(node).catch(() => undefined);
      if (found !== undefined) return this.#install(found);
    }
    const asked = this.#addresses().map((address) => askAddress(address, this.#options.access));
    try {
      this.#install(await Promise.any(asked));
    } catch (error) {
      this.#fault = worstOf(error instanceof AggregateError ? (error.errors as unknown[]) : [error]);
    }
  }

  #addresses(): NodeAddress[] {
    const all = [...this.#options.seeds, ...this.#known];
    return [...new Map(all.map((address) => [nameOf(address), address])).values()];
  }

  #install(ranges: readonly SlotRange[] | NodeAddress): void {
    if (this.#isClosed) return;
    if ('host' in ranges) {
      this.#only = this.#node(ranges);
      return;
    }
    this.#only = undefined;
    this.#known = ranges.flatMap(({ master, replicas }) => [master, ...replicas]);
    const slots: (RedisNode | undefined)[] = [];
    for (const { first, last, master } of ranges)
      for (let slot = first; slot <= last; slot += 1) slots[slot] = this.#node(master);
    this.#slots = slots;
    const inUse = new Set(ranges.map(({ master }) => nameOf(master)));
    for (const [name, node] of this.#nodes) {
      if (inUse.has(name)) continue;
      this.#nodes.delete(name);
      void node.close();
    }
  }

  #node(address: NodeAddress): RedisNode {
    const known = this.#nodes.get(nameOf(address));
    if (known !== undefined) return known;
    const { access, logger } = this.#options;
    const node = new RedisNode({
      address: () => address,
      access,
      logger,
      onAway: () => void this.refresh(),
    });
    this.#nodes.set(nameOf(address), node);
    return node;
  }
}

// What nobody can wait for to pass comes first.
function worstOf(faults: readonly unknown[]): unknown {
  return faults.find((fault) => fault instanceof RedisMisconfigured) ?? faults[0];
}

function nameOf({ host, port }: NodeAddress): string {
  return `${host}:${port}`;
}

const question = ['CLUSTER', 'SLOTS'];

async function askNode(node: RedisNode): Promise<readonly SlotRange[] | NodeAddress> {
  return readAnswer(node.send([question], { deadlineMs: askMs }), node.address);
}

async function askAddress(
  address: NodeAddress,
  access: NodeAccess,
): Promise<readonly SlotRange[] | NodeAddress> {
  const client = await connectClient(address, access);
  try {
    return await readAnswer(client.sendCommand(question), address);
  } finally {
    dropClient(client);
  }
}

type Answered = readonly [first: number, last: number, ...nodes: (readonly [host: unknown, port: number])[]];

async function readAnswer(
  reply: Promise<unknown>,
  asked: NodeAddress,
): Promise<readonly SlotRange[] | NodeAddress> {
  let answer: unknown;
  try {
    answer = await reply;
  } catch (error) {
    if (error instanceof ErrorReply && /disabled|unknown/i.test(error.message)) return asked;
    throw error;
  }
  const ranges = (answer as Answered[]).map(([first, last, ...nodes]) => {
    const [master = asked, ...replicas] = nodes.map(([host, port]) => ({ host: hostOf(host, asked), port }));
    return { first, last, master, replicas };
  });
  if (ranges.length === 0) throw new Error('the cluster has given no slots to anybody yet');
  return ranges;
}

// A node that does not know its own address, or may not tell it, means: where you found me.
function hostOf(given: unknown, asked: NodeAddress): string {
  return typeof given === 'string' && given !== '' && given !== '?' ? given : asked.host;
}
