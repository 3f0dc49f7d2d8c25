/** One HTTP request of a fan. */
export interface FanRequest {
  /** Name under which its latency is counted. */
  readonly step: string;
  readonly target: 'gateway' | 'simulator';
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** A document many fans share: read once per ETag. */
  readonly isShared?: boolean;
  /** Sent from the fan's second device: another session, another address. */
  readonly isFromOtherDevice?: boolean;
}

/** What came back; status 0 when nothing did. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly etag?: string;
  /** The problem's code, where the answer is a refusal. */
  readonly code?: string;
  /** Milliseconds the refusal asks to wait. */
  readonly retryAfterMs?: number;
  /** Milliseconds of `performance.now()`, set by the engine. */
  readonly sentAtMs?: number;
  readonly receivedAtMs?: number;
}

/** What a fan does next: wait, or send requests that leave at the same moment. */
export type Action =
  | { readonly kind: 'wait'; readonly milliseconds: number }
  | { readonly kind: 'send'; readonly requests: readonly FanRequest[] };

/** A fan's life: it yields actions, is told the answers, and returns how it ended. */
export type Life<Result> = Generator<Action, Result, readonly Answer[]>;

const noAnswer: Answer = { status: 0, body: undefined, code: 'no-answer' };

/** Sends one request and returns its answer. */
export function* send(request: FanRequest): Life<Answer> {
  const [answer] = yield { kind: 'send', requests: [request] };
  return answer ?? noAnswer;
}

/** Sends requests at the same moment and returns their answers in the same order. */
export function* sendAtOnce(requests: readonly FanRequest[]): Life<readonly Answer[]> {
  return yield { kind: 'send', requests };
}

/** Lets time pass. */
export function* wait(milliseconds: number): Life<void> {
  yield { kind: 'wait', milliseconds };
}
