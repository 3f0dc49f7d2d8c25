import type { ServerResponse } from 'node:http';

/** Bytes one client may leave unread before it is dropped. */
const mostUnreadBytes = 64 * 1024;
/** Milliseconds a client waits before it comes back: at least, and at most so much more, or all come back at once. */
const retryMs = { least: 1_000, spread: 4_000 };

/** One open stream of server-sent events. */
export class StreamClient {
  readonly #response: ServerResponse;

  constructor(response: ServerResponse, onEnd: () => void) {
    this.#response = response;
    response.once('close', onEnd);
    // Writing to a connection that has just gone is no fault of ours; 'close' follows.
    response.on('error', () => {});
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
      // Once over, the connection is of no use to a server that stops.
      connection: 'close',
    });
    response.write(`retry: ${retryDelayMs()}\n\n`);
  }

  /** Sends bytes everybody shares; a client that does not read is dropped, never waited for. */
  write(bytes: Buffer): void {
    if (this.#response.writableLength > mostUnreadBytes) this.#response.destroy();
    else this.#response.write(bytes);
  }

  end(): void {
    this.#response.end(`retry: ${retryDelayMs()}\n\n`);
  }
}

function retryDelayMs(): number {
  return retryMs.least + Math.floor(Math.random() * retryMs.spread);
}
