import type { TSchema } from 'typebox';
import type { ProblemDocument } from './problem-document.ts';
import { problemDocument } from './problem-document.ts';
import type { AnswerOf, BodyOf, ParamsOf, QueryOf, RouteContract } from './route-contract.ts';

// Asked of the whole: a body may be a union.
type Field<Name extends string, Value> = undefined extends Value
  ? { [K in Name]?: Value }
  : { [K in Name]: Value };

/** Input of a call: only the parts the contract declares. */
export type CallInput<Contract> = Field<'params', ParamsOf<Contract>> &
  Field<'query', QueryOf<Contract>> &
  Field<'body', BodyOf<Contract>>;

/** Where and how to call. */
export interface CallOptions {
  /** Origin, such as `http://127.0.0.1:3001`; empty in a browser. */
  readonly baseUrl: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Milliseconds until the call is given up; 10,000 when absent. */
  readonly deadlineMs?: number;
  readonly fetch?: typeof fetch;
  /** Body of a route with `rawBody`, sent as its own type. */
  readonly rawBody?: Blob;
  /** Judges the body of a success by the contract; one that does not fit is no answer. Absent: it is believed. */
  readonly isAnswer?: (schema: TSchema, body: unknown) => boolean;
  /** Language of what is said when no answer came; Korean when absent. */
  readonly language?: 'ko' | 'en';
}

/** Outcome of a call: a refusal is a value; only an outcome that is unknown carries `unknown: true`. */
export type CallResult<Contract> =
  | { readonly ok: true; readonly status: number; readonly body: AnswerOf<Contract> }
  | { readonly ok: false; readonly problem: ProblemDocument; readonly unknown: boolean };

/** Calls a route of any contract. Never throws for an answer or a broken connection. */
export async function callRoute<Contract extends RouteContract>(
  contract: Contract,
  input: CallInput<Contract>,
  options: CallOptions,
): Promise<CallResult<Contract>> {
  const request = requestOf(contract, input as CallInput<RouteContract>, options);
  try {
    const response = await (options.fetch ?? fetch)(request.url, request.init);
    return (await resultOf(response, contract, options)) as CallResult<Contract>;
  } catch {
    // Whether the request was carried out cannot be told from a broken connection or a timeout.
    return { ok: false, problem: noAnswer(options), unknown: true };
  }
}

function requestOf(contract: RouteContract, input: CallInput<RouteContract>, options: CallOptions) {
  const hasBody = input.body !== undefined;
  return {
    url: options.baseUrl + pathOf(contract, input.params) + queryOf(input.query),
    init: {
      method: contract.method,
      headers: { ...(hasBody ? { 'content-type': 'application/json' } : {}), ...options.headers },
      ...(options.rawBody === undefined ? {} : { body: options.rawBody }),
      signal: AbortSignal.timeout(options.deadlineMs ?? 10_000),
      ...(hasBody ? { body: JSON.stringify(input.body) } : {}),
    },
  };
}

function pathOf(contract: RouteContract, params: unknown): string {
  const values = (params ?? {}) as Record<string, unknown>;
  return contract.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(values[name])));
}

function queryOf(query: unknown): string {
  const entries = Object.entries((query ?? {}) as Record<string, unknown>)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]): [string, string] => [name, String(value)]);
  return entries.length === 0 ? '' : `?${new URLSearchParams(entries).toString()}`;
}

function noAnswer({ language = 'ko' }: CallOptions): ProblemDocument {
  return problemDocument('upstream-unavailable', { language });
}

async function resultOf(response: Response, { success }: RouteContract, options: CallOptions) {
  const text = await response.text();
  if (response.ok) {
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    const fits = success.body === undefined || (options.isAnswer?.(success.body, body) ?? true);
    if (!fits) return { ok: false as const, problem: noAnswer(options), unknown: true };
    return { ok: true as const, status: response.status, body };
  }
  const problem = response.headers.get('content-type')?.startsWith('application/problem+json')
    ? (JSON.parse(text) as ProblemDocument)
    : noAnswer(options);
  return { ok: false as const, problem, unknown: response.status >= 500 };
}
