import type { Static, TObject, TSchema } from 'typebox';
import type { ProblemCode } from './problem-table.ts';
import type { ServiceName } from './topology.ts';

/**
 * Who may call a route. `account` any signed-in person; `organiser` organisers and admins; `admin` admins alone;
 * `internal` other workloads, by `INTERNAL_API_TOKEN`, never through the gateway.
 */
export type Access = 'public' | 'account' | 'organiser' | 'admin' | 'internal';

/** Gateway rate-limit class of a route. */
export type LimitClass = 'auth' | 'queue' | 'booking' | 'general';

/** The successful answer; without `body` the route answers 204 or a stream of `contentType`. */
export interface Success<Body extends TSchema | undefined> {
  readonly status: 200 | 201 | 202 | 204;
  readonly body?: Body;
  readonly contentType?: string;
}

/** One route: what web, gateway and service share. Paths use `:name` parameters. */
export interface RouteContract<
  Params extends TObject | undefined = TObject | undefined,
  Query extends TObject | undefined = TObject | undefined,
  Body extends TSchema | undefined = TSchema | undefined,
  Answer extends TSchema | undefined = TSchema | undefined,
  Who extends Access = Access,
> {
  /** Operation id, unique over the platform. */
  readonly name: string;
  readonly summary: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: `/${string}`;
  readonly service: ServiceName;
  readonly access: Who;
  readonly limit: LimitClass;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  readonly success: Success<Answer>;
  /** The closed list of refusals besides those every route shares (`problems/general.ts`). */
  readonly refusals: readonly ProblemCode[];
  /** True when the route needs the entry token of the event it names. */
  readonly entry?: boolean;
  /** True when the route honours `Idempotency-Key`. */
  readonly idempotent?: boolean;
  /** Media types of a body that is taken as it is, where the route takes no JSON; a handler finds it in `request.body`. */
  readonly rawBody?: readonly string[];
  /** Largest body in bytes; 64 KiB when absent. */
  readonly bodyLimit?: number;
}

/** Keeps a contract's literal types. */
export function routeContract<
  const Params extends TObject | undefined = undefined,
  const Query extends TObject | undefined = undefined,
  const Body extends TSchema | undefined = undefined,
  const Answer extends TSchema | undefined = undefined,
  const Who extends Access = Access,
>(
  contract: RouteContract<Params, Query, Body, Answer, Who>,
): RouteContract<Params, Query, Body, Answer, Who> {
  return contract;
}

type StaticOr<Schema, Otherwise> = Schema extends TSchema ? Static<Schema> : Otherwise;

/** Parsed path parameters of a contract. */
export type ParamsOf<Contract> =
  Contract extends RouteContract<infer P, infer _Q, infer _B, infer _A> ? StaticOr<P, undefined> : never;
/** Parsed query of a contract. */
export type QueryOf<Contract> =
  Contract extends RouteContract<infer _P, infer Q, infer _B, infer _A> ? StaticOr<Q, undefined> : never;
/** Parsed body of a contract. */
export type BodyOf<Contract> =
  Contract extends RouteContract<infer _P, infer _Q, infer B, infer _A> ? StaticOr<B, undefined> : never;
/** Body of a contract's success. */
export type AnswerOf<Contract> =
  Contract extends RouteContract<infer _P, infer _Q, infer _B, infer A> ? StaticOr<A, undefined> : never;
