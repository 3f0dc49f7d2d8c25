import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** The network between a client and a server under test, as bad as the test wants it. It passes everything at first. */
export interface SlowLink {
  /** Where clients connect, at 127.0.0.1. */
  readonly port: number;
  /** An address of the server, leading through the link. */
  through(url: string): string;
  /** Everything passes at once, and first what was held back; a link that refused takes connections again. */
  forward(): Promise<void>;
  /** Everything arrives so many milliseconds later, each way. */
  delay(milliseconds: number): void;
  /** Nothing passes, not even the end of a connection: what is open stays open and silent, and so does what is opened. */
  stall(): void;
  /** The connections there are fall silent for good, new ones pass: a host that vanished and has a successor. */
  strand(): void;
  /** Breaks every connection; new ones pass. */
  cut(): void;
  /** Breaks every connection and takes no new one. */
  refuse(): Promise<void>;
  /** Connections open from clients. */
  connections(): number;
  /** Connections that clients ever opened. */
  opened(): number;
  stop(): Promise<void>;
}

interface Pair {
  readonly ends: readonly [Socket, Socket];
  isStranded: boolean;
}

interface LinkState {
  delayMs: number;
  isStalled: boolean;
  /** Resolves when something of the above changes. */
  changed: PromiseWithResolvers<void>;
  readonly pairs: Set<Pair>;
}

/** Opens a link to a TCP port of this machine. */
export async function openSlowLink(targetPort: number): Promise<SlowLink> {
  const state: LinkState = {
    delayMs: 0,
    isStalled: false,
    changed: Promise.withResolvers<void>(),
    pairs: new Set(),
  };
  let opened = 0;
  const server = createServer((client) => {
    opened += 1;
    join(state, client, connect(targetPort, '127.0.0.1'));
  });
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const change = (what: Partial<Pick<LinkState, 'delayMs' | 'isStalled'>>) => {
    Object.assign(state, what);
    state.changed.resolve();
    state.changed = Promise.withResolvers<void>();
  };
  const cut = () => {
    for (const pair of state.pairs) {
      pair.isStranded = false;
      for (const end of pair.ends) end.resetAndDestroy();
    }
    change({});
  };
  const refuse = async () => {
    const closed = server.listening ? once(server, 'close') : undefined;
    server.close();
    cut();
    await closed;
  };
  return {
    port,
    through: (url) => Object.assign(new URL(url), { host: `127.0.0.1:${port}` }).href,
    forward: async () => {
      change({ delayMs: 0, isStalled: false });
      if (!server.listening) await listen(port);
    },
    delay: (delayMs) => change({ delayMs, isStalled: false }),
    stall: () => change({ isStalled: true }),
    strand: () => {
      for (const pair of state.pairs) pair.isStranded = true;
    },
    cut,
    refuse,
    connections: () => [...state.pairs].filter(({ ends: [client] }) => !client.destroyed).length,
    opened: () => opened,
    stop: refuse,
  };
}

function join(state: LinkState, client: Socket, server: Socket): void {
  const pair: Pair = { ends: [client, server], isStranded: false };
  state.pairs.add(pair);
  carry(state, pair, client, server);
  carry(state, pair, server, client);
  const forget = () => {
    if (client.destroyed && server.destroyed) state.pairs.delete(pair);
  };
  for (const end of pair.ends) end.on('close', forget);
}

// One thing after the other, so that whatever the link does, bytes keep their order.
function carry(state: LinkState, pair: Pair, from: Socket, to: Socket): void {
  let turn = Promise.resolve();
  const later = (pass: () => void) => {
    const dueAt = performance.now() + state.delayMs;
    turn = turn.then(async () => {
      await sleep(Math.max(0, dueAt - performance.now()));
      while (state.isStalled || pair.isStranded) await state.changed.promise;
      if (!to.destroyed) pass();
    });
  };
  from.on('data', (chunk) => later(() => to.write(chunk)));
  from.on('end', () => later(() => to.end()));
  from.on('error', () => {});
  from.on('close', () => later(() => to.destroy()));
}
