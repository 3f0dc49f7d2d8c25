import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { Problem } from '@urr/platform/problem.ts';
import type { Dispatcher } from 'undici';
import type { Outcome } from './circuit.ts';
import type { Upstream } from './upstreams.ts';

/** One request to a service and where its answer goes. */
export interface Exchange {
  readonly upstream: Upstream;
  readonly method: Dispatcher.HttpMethod;
  readonly path: string;
  readonly headers: string[];
  readonly body: Buffer | null;
  readonly response: ServerResponse;
  readonly isStream: boolean;
  readonly remainingMs: number;
  /** Called once, before the first byte of the service's answer: answers the headers to add to it. */
  readonly onStart: (status: number, headers: IncomingHttpHeaders) => readonly string[];
  /** Called once, when there will be no answer from the service. Not called when the client is gone. */
  readonly onFailure: (problem: Problem) => void;
}

type Ending = 'open' | 'answered' | 'late' | 'gone' | 'failed';

const hopByHop = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'trailer', 'te']);

/** Passes one answer on as it comes. A read that died before its answer began is tried once more. */
export class Relay implements Dispatcher.DispatchHandler {
  readonly #exchange: Exchange;
  #controller: Dispatcher.DispatchController | undefined;
  #deadline: NodeJS.Timeout | undefined;
  #ending: Ending = 'open';
  #hasStarted = false;
  #triesLeft: number;
  #bytesLeft = Number.NaN;

  constructor(exchange: Exchange) {
    this.#exchange = exchange;
    this.#triesLeft = exchange.method === 'GET' || exchange.method === 'HEAD' ? 1 : 0;
  }

  /** Sends the request. Throws a `Problem` when there is no place for it. */
  start(): void {
    const { upstream, isStream, response, remainingMs } = this.#exchange;
    if (remainingMs <= 0) throw new Problem('deadline-exceeded');
    upstream.begin(isStream);
    this.#deadline = setTimeout(() => this.#onDeadline(), remainingMs);
    response.once('close', () => this.#onClientClosed());
    this.#dispatch();
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    // It waited for a connection longer than anybody waits for the answer.
    if (this.#ending !== 'open') controller.abort(new Error(this.#ending));
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
  ): void {
    // An informational answer is followed by the real one.
    if (status < 200 || this.#ending !== 'open') return;
    const { upstream, response, onStart } = this.#exchange;
    this.#hasStarted = true;
    upstream.report('success');
    const isEventStream = String(headers['content-type'] ?? '').startsWith('text/event-stream');
    if (isEventStream) clearTimeout(this.#deadline);
    const length = headers['content-length'];
    if (typeof length === 'string' && this.#exchange.method !== 'HEAD') this.#bytesLeft = Number(length);
    response.writeHead(status, [...passedHeaders(headers), ...onStart(status, headers)]);
    // Without a length the first byte may be long in coming.
    if (isEventStream) response.flushHeaders();
    if (response.writableNeedDrain) this.#waitForClient(controller);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#ending !== 'open') return;
    const { response } = this.#exchange;
    this.#bytesLeft -= chunk.length;
    // The last piece together with the end is one write to the socket instead of two.
    if (this.#bytesLeft === 0) response.end(chunk);
    else if (!response.write(chunk)) this.#waitForClient(controller);
  }

  onResponseEnd(): void {
    if (this.#ending === 'open') {
      this.#finish('answered');
      this.#exchange.response.end();
    }
    this.#exchange.upstream.end(this.#exchange.isStream);
  }

  onResponseError(_controller: unknown, error: Error): void {
    if (this.#ending === 'open' && this.#fail(error) === 'retried') return;
    this.#exchange.upstream.end(this.#exchange.isStream);
  }

  #fail(error: Error): 'retried' | 'failed' {
    const { response, onFailure } = this.#exchange;
    // Half an answer must not look like a whole one.
    if (this.#hasStarted) response.destroy(error);
    // undici would not send it: the request's fault, not the service's.
    else if (isUnsendable(error)) onFailure(new Problem('malformed-request', { cause: error }));
    else {
      this.#report('failure');
      if (this.#retry()) return 'retried';
      onFailure(new Problem('upstream-unavailable', { retryAfter: 1, cause: error }));
    }
    this.#finish('failed');
    return 'failed';
  }

  #dispatch(): void {
    const { upstream, method, path, headers, body, isStream } = this.#exchange;
    upstream.dispatcher(isStream).dispatch({ method, path, headers, body }, this);
  }

  #retry(): boolean {
    if (this.#triesLeft === 0 || this.#exchange.upstream.state().circuit !== 'closed') return false;
    this.#triesLeft -= 1;
    this.#controller = undefined;
    // Not within undici's own call, which is about to tidy the connection up.
    setImmediate(() => this.#dispatch());
    return true;
  }

  #onDeadline(): void {
    if (this.#ending !== 'open') return;
    const { response, onFailure } = this.#exchange;
    this.#finish('late');
    if (this.#hasStarted) response.destroy();
    else {
      this.#report('failure');
      onFailure(new Problem('deadline-exceeded', { retryAfter: 1 }));
    }
    this.#controller?.abort(new Error('deadline'));
  }

  #onClientClosed(): void {
    if (this.#ending !== 'open') return;
    this.#finish('gone');
    if (!this.#hasStarted) this.#report('abandoned');
    this.#controller?.abort(new Error('client gone'));
  }

  #report(outcome: Outcome): void {
    this.#exchange.upstream.report(outcome);
  }

  #finish(ending: Ending): void {
    this.#ending = ending;
    clearTimeout(this.#deadline);
  }

  #waitForClient(controller: Dispatcher.DispatchController): void {
    controller.pause();
    this.#exchange.response.once('drain', () => controller.resume());
  }
}

function isUnsendable(error: Error): boolean {
  return 'code' in error && error.code === 'UND_ERR_INVALID_ARG';
}

function passedHeaders(headers: IncomingHttpHeaders): string[] {
  const passed: string[] = [];
  for (const name in headers) {
    const value = headers[name];
    if (value === undefined || hopByHop.has(name)) continue;
    if (typeof value === 'string') passed.push(name, value);
    else for (const one of value) passed.push(name, one);
  }
  return passed;
}
