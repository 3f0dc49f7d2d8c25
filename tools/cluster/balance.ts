import { once } from 'node:events';
import { get } from 'node:http';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** One port and the replicas behind it. */
export interface Balanced {
  readonly port: number;
  readonly replicaPorts: readonly number[];
}

/** What gives each new connection to a replica that is ready. */
export interface Balancer {
  /** Ports of the replicas that are ready, by the port they stand behind. */
  ready(port: number): readonly number[];
  stop(): Promise<void>;
}

const probeEveryMs = 250;
const probeTimeoutMs = 1_000;
const connectTimeoutMs = 1_000;
/** Late answers in a row after which a replica gets nothing new; a refusal counts at once. */
const mostLate = 2;

/**
 * Does what a Service of Kubernetes does: each connection to a port goes to one of its ready replicas in turn. A connection stays
 * with its replica to its end; one that is refused goes to the next.
 */
export async function balance(services: readonly Balanced[]): Promise<Balancer> {
  const groups = await Promise.all(services.map(openGroup));
  return {
    ready: (port) => groups.find((group) => group.port === port)?.ready() ?? [],
    stop: async () => {
      await Promise.all(groups.map((group) => group.stop()));
    },
  };
}

async function openGroup({ port, replicaPorts }: Balanced) {
  const ready = new Set<number>();
  const sockets = new Set<Socket>();
  let turn = 0;
  const inTurn = () => {
    const ports = [...ready];
    turn += 1;
    return ports.map((_, index) => ports[(turn + index) % ports.length] ?? 0);
  };
  const server = createServer({ pauseOnConnect: true, noDelay: true }, (client) => {
    keep(sockets, client);
    join(client, inTurn(), sockets);
  });
  server.listen({ host: '127.0.0.1', port, backlog: 4096 });
  await once(server, 'listening');
  const watches = replicaPorts.map((replica) => watchReadiness(replica, ready));
  return {
    port,
    ready: () => [...ready],
    stop: async () => {
      for (const stopWatching of watches) stopWatching();
      await closeAll(server, sockets);
    },
  };
}

function join(client: Socket, [port, ...others]: readonly number[], sockets: Set<Socket>): void {
  if (port === undefined) return void client.destroy();
  const upstream = connect({ host: '127.0.0.1', port, noDelay: true });
  const timer = setTimeout(() => upstream.destroy(new Error('no answer')), connectTimeoutMs);
  const next = () => join(client, others, sockets);
  upstream.once('error', next);
  upstream.once('connect', () => {
    clearTimeout(timer);
    upstream.off('error', next);
    keep(sockets, upstream);
    client.pipe(upstream).pipe(client);
    client.once('close', () => upstream.destroy());
    upstream.once('close', () => client.destroy());
  });
}

function keep(sockets: Set<Socket>, socket: Socket): void {
  sockets.add(socket);
  socket.on('error', () => socket.destroy());
  socket.once('close', () => sockets.delete(socket));
}

function watchReadiness(port: number, ready: Set<number>): () => void {
  let late = 0;
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  const look = async () => {
    const answer = await probe(port);
    late = answer === 'late' ? late + 1 : 0;
    if (answer === 'ready') ready.add(port);
    else if (answer === 'not-ready' || late >= mostLate) ready.delete(port);
    if (!isStopped) timer = setTimeout(() => void look(), probeEveryMs);
  };
  void look();
  return () => {
    isStopped = true;
    clearTimeout(timer);
  };
}

function probe(port: number): Promise<'ready' | 'not-ready' | 'late'> {
  return new Promise((resolve) => {
    const url = `http://127.0.0.1:${port}/health/ready`;
    const request = get(url, { agent: false, timeout: probeTimeoutMs }, (response) => {
      response.resume();
      resolve(response.statusCode === 200 ? 'ready' : 'not-ready');
    });
    request.once('timeout', () => {
      resolve('late');
      request.destroy();
    });
    request.once('error', () => resolve('not-ready'));
  });
}

async function closeAll(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  for (const socket of sockets) socket.destroy();
  await closed;
}
