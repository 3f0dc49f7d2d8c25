import { createClient, ErrorReply } from '@redis/client';
import { isIP } from 'node:net';
import type { Secret } from '../secret.ts';
import { withDeadline } from '../deadline.ts';
import { RedisMisconfigured } from './redis.ts';

/** Where one node listens. */
export interface NodeAddress {
  readonly host: string;
  readonly port: number;
}

/** How every node of one Redis is reached. */
export interface NodeAccess {
  readonly password: Secret | undefined;
  /** Undefined: no TLS. Nodes of a cluster name themselves by address, their certificate by the name we were given. */
  readonly tls: { readonly serverName: string } | undefined;
}

/** One connection; it ends when it is lost, and is never opened again. */
export type Client = ReturnType<typeof clientOf>;

/** Longest time to reach a node and be let in. Milliseconds. */
const connectMs = 1_500;
/** Commands under way on one connection; one more is refused. */
const mostUnderWay = 20_000;

/**
 * Opens one connection, looks whether that node is set up as it must be, and does `prepare` with it. Throws
 * `RedisMisconfigured` or what went wrong.
 */
export async function connectClient(
  address: NodeAddress,
  access: NodeAccess,
  prepare: (client: Client) => Promise<void> = () => Promise.resolve(),
): Promise<Client> {
  const client = clientOf(address, access);
  // Without a listener, a lost connection would end the process; who uses it hears of its end.
  client.on('error', () => {});
  const connecting = letIn(client).then(() => prepare(client));
  try {
    await withDeadline(connecting, connectMs, 'connecting to Redis');
    return client;
  } catch (error) {
    dropClient(client);
    throw explained(error);
  }
}

/** Ends a connection at once, whatever its state. */
export function dropClient(client: Client): void {
  // Even one that is being closed, which counts as not open, and waits for answers until it is destroyed.
  client.destroy();
}

function clientOf({ host, port }: NodeAddress, { password, tls }: NodeAccess) {
  const socket = { host, port, connectTimeout: connectMs, reconnectStrategy: false } as const;
  return createClient({
    socket: tls === undefined ? socket : { ...socket, tls: true as const, ...serverName(tls.serverName) },
    ...(password === undefined ? {} : { password: password.reveal() }),
    disableOfflineQueue: true,
    commandsQueueMaxLength: mostUnderWay,
    disableClientInfo: true,
    maintNotifications: 'disabled',
  });
}

// An address is no server name (RFC 6066); the certificate is then held against the address itself.
function serverName(name: string): { servername?: string } {
  return isIP(name) === 0 ? { servername: name } : {};
}

async function letIn(client: Client): Promise<void> {
  await client.connect();
  const memory = String(await client.info('memory'));
  const policy = /^maxmemory_policy:(\S+)/m.exec(memory)?.[1];
  if (policy !== undefined && policy !== 'noeviction')
    throw new RedisMisconfigured(
      `Redis would throw rows away when its memory is full: maxmemory-policy is ${policy} and must be noeviction`,
    );
}

function explained(error: unknown): unknown {
  if (!(error instanceof ErrorReply) || !/^(NOAUTH|WRONGPASS|ERR AUTH|NOPERM)/.test(error.message))
    return error;
  return new RedisMisconfigured(`Redis does not let us in: ${error.message}`, { cause: error });
}
