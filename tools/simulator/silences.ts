import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';

/** The ways to leave a caller without an answer. Closing ends them all, so that the process can stop. */
export type Silences = {
  pause(ms: number): Promise<void>;
  keepSilent(reply: FastifyReply): FastifyReply;
  reset(reply: FastifyReply): FastifyReply;
  close(): void;
};

export function createSilences(): Silences {
  const closing = new AbortController();
  const silent = new Set<Socket>();
  return {
    async pause(ms) {
      // A pause cut short by closing goes on to its answer.
      await sleep(ms, undefined, { signal: closing.signal }).catch(() => undefined);
    },
    keepSilent(reply) {
      const { socket } = reply.request.raw;
      silent.add(socket);
      socket.once('close', () => silent.delete(socket));
      return reply.hijack();
    },
    reset(reply) {
      reply.request.raw.socket.resetAndDestroy();
      return reply.hijack();
    },
    close() {
      closing.abort();
      for (const socket of silent) socket.destroy();
    },
  };
}
