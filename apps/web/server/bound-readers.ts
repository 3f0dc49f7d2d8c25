import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

type Handle = (request: IncomingMessage, response: ServerResponse) => unknown;

/** Limits of one reader, of whom nothing else is known. */
export interface ReaderLimits {
  /** Answers under way on one connection: a browser asks for the next when it has the last, unless it is hostile. */
  readonly mostUnderWay: number;
  /** Longest time an answer may take to be made and read, unless it has no end. Milliseconds. */
  readonly longestMs: number;
}

const usual: ReaderLimits = { mostUnderWay: 8, longestMs: 120_000 };
const endless = new WeakSet<ServerResponse>();

/** Tells that an answer has no end: its events may be read for as long as they come. */
export function letStream(response: ServerResponse): void {
  endless.add(response);
}

/** Ends the connection of whoever asks on and on without reading, or takes for ever to read. */
export function boundReaders(handle: Handle, { mostUnderWay, longestMs }: ReaderLimits = usual): Handle {
  const underWay = new WeakMap<Socket, number>();
  return (request, response) => {
    const { socket } = request;
    const count = (underWay.get(socket) ?? 0) + 1;
    if (count > mostUnderWay) return void socket.destroy();
    underWay.set(socket, count);
    const deadline = setTimeout(() => {
      if (!endless.has(response)) socket.destroy();
    }, longestMs);
    response.once('close', () => {
      clearTimeout(deadline);
      underWay.set(socket, (underWay.get(socket) ?? 1) - 1);
    });
    return handle(request, response);
  };
}
