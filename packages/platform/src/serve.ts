import type { AnswerOf, BodyOf, ParamsOf, QueryOf, RouteContract } from '@urr/contracts/route-contract.ts';
import { problemDefinition } from '@urr/contracts/problem-table.ts';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify';
import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox';
import type { Kysely } from 'kysely';
import { requireAccess } from './access.ts';
import { problemAnswer, sendProblem } from './error-handler.ts';
import {
  type Claim,
  claimKey,
  fingerprintOf,
  type KeyedRequest,
  releaseKey,
  storeAnswer,
} from './idempotency.ts';
import { type Account, accessTokenOf, type IdentityCheck } from './identity.ts';
import { equalsSecret, internalTokenHeader } from './internal-token.ts';
import type { PlatformTables } from './platform-tables.ts';
import { Problem } from './problem.ts';
import type { Secret } from './secret.ts';

/** What `serve` needs to authenticate and to keep idempotency. */
export interface ServeDeps {
  readonly app: FastifyInstance;
  readonly identify: IdentityCheck;
  readonly internalToken: Secret;
  /** Where idempotency keys live; absent where a service keeps them itself, as ticket-service does. */
  readonly idempotencyDb?: Kysely<PlatformTables>;
}

/** Who calls a route: nobody in particular where other workloads do, perhaps nobody known where anyone may. */
type AccountOf<Contract> = Contract extends { readonly access: infer Who }
  ? Who extends 'internal'
    ? undefined
    : Who extends 'public'
      ? Account | undefined
      : Account
  : never;

/** A validated, authenticated request. */
export interface RouteInput<Contract> {
  readonly params: ParamsOf<Contract>;
  readonly query: QueryOf<Contract>;
  readonly body: BodyOf<Contract>;
  readonly account: AccountOf<Contract>;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly idempotencyKey: string | undefined;
}

/** Handles one route: answers the success body, or throws `Problem`; one returned at once costs less than one thrown. */
export type Handler<Contract> = (
  input: RouteInput<Contract>,
) => Promise<AnswerOf<Contract>> | AnswerOf<Contract> | Problem;

/** False for an answer that is not the end of the matter, such as "still checking": it is not kept under a key. */
type Finality<Contract> = (answer: AnswerOf<Contract>) => boolean;

/** Registers a contract's route: validates, authenticates, keeps idempotency, answers. Every answer is final unless told. */
export function serve<Contract extends RouteContract>(
  deps: ServeDeps,
  contract: Contract,
  handler: Handler<Contract>,
  isFinal: Finality<Contract> = () => true,
): void {
  const { rawBody } = contract;
  if (rawBody === undefined) return register(deps, contract, handler, isFinal);
  // What a body may be is set for a scope: this one holds the route alone.
  void deps.app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser([...rawBody], { parseAs: 'buffer' }, (_request, given, parsed) =>
      parsed(null, given),
    );
    register({ ...deps, app: scope }, contract, handler, isFinal);
    done();
  });
}

function register<Contract extends RouteContract>(
  deps: ServeDeps,
  contract: Contract,
  handler: Handler<Contract>,
  isFinal: Finality<Contract>,
): void {
  const { params, query, body, success } = contract;
  deps.app.route({
    method: contract.method,
    url: contract.path,
    ...(contract.bodyLimit === undefined ? {} : { bodyLimit: contract.bodyLimit }),
    schema: {
      ...(params === undefined ? {} : { params }),
      ...(query === undefined ? {} : { querystring: query }),
      ...(body === undefined ? {} : { body }),
      ...(success.body === undefined ? {} : { response: { [success.status]: success.body } }),
    },
    validatorCompiler: compileValidator,
    config: { isEndless: success.contentType === 'text/event-stream' },
    // The head of an answer without end would never be sent.
    exposeHeadRoute: success.contentType !== 'text/event-stream',
    onRequest: (request, _reply, done) => {
      try {
        authenticate(deps, contract, request);
        done();
      } catch (error) {
        done(error as Error);
      }
    },
    handler:
      contract.idempotent === true
        ? idempotentHandler(deps, contract, handler, isFinal)
        : plainHandler(contract, handler),
  });
}

// Checking that items are unique walks all that is in them: values nested deep enough exhaust the stack.
const compileValidator: typeof TypeBoxValidatorCompiler = (route) => {
  const validate = TypeBoxValidatorCompiler(route);
  return (value: unknown) => {
    try {
      return validate(value);
    } catch (error) {
      if (error instanceof RangeError) return { error };
      throw error;
    }
  };
};

declare module 'fastify' {
  interface FastifyRequest {
    /** The signed-in account, once authenticated. A weak map would cost as much garbage collection as all the rest. */
    account: Account | undefined;
  }
}

function authenticate(deps: ServeDeps, contract: RouteContract, request: FastifyRequest): void {
  if (contract.access === 'internal') return requireInternalToken(deps, request);
  const token = accessTokenOf(request.headers);
  const account = token === undefined ? undefined : deps.identify(token);
  request.account = account;
  requireAccess(contract.access, account);
}

function requireInternalToken(deps: ServeDeps, request: FastifyRequest): void {
  const token = request.headers[internalTokenHeader];
  if (typeof token !== 'string' || !equalsSecret(token, deps.internalToken))
    throw new Problem('unauthenticated');
}

function inputOf<Contract extends RouteContract>(
  request: FastifyRequest,
  reply: FastifyReply,
): RouteInput<Contract> {
  return {
    params: request.params as ParamsOf<Contract>,
    query: request.query as QueryOf<Contract>,
    body: request.body as BodyOf<Contract>,
    // `authenticate` has made sure of it.
    account: request.account as AccountOf<Contract>,
    idempotencyKey: idempotencyKeyOf(request),
    request,
    reply,
  };
}

function plainHandler<Contract extends RouteContract>(
  contract: Contract,
  handler: Handler<Contract>,
): RouteHandlerMethod {
  const finish = async (reply: FastifyReply, given: unknown) => {
    const answer = await given;
    if (reply.sent) return reply;
    return reply.code(contract.success.status).send(answer);
  };
  return (request, reply) => {
    const answer = handler(inputOf<Contract>(request, reply));
    return answer instanceof Problem
      ? sendProblem(reply, problemAnswer(answer, request))
      : finish(reply, answer);
  };
}

function idempotencyKeyOf(request: FastifyRequest): string | undefined {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key === 'string' && /^[\x21-\x7e]{1,200}$/.test(key)) return key;
  throw new Problem('invalid-input', {
    data: {
      errors: [{ path: 'headers/idempotency-key', message: 'must be 1 to 200 visible ASCII characters' }],
    },
  });
}

function idempotentHandler<Contract extends RouteContract>(
  deps: ServeDeps,
  contract: Contract,
  handler: Handler<Contract>,
  isFinal: Finality<Contract>,
): RouteHandlerMethod {
  const plain = plainHandler(contract, handler);
  return async function (request, reply) {
    const key = idempotencyKeyOf(request);
    if (key === undefined || deps.idempotencyDb === undefined) return plain.call(this, request, reply);
    const db = deps.idempotencyDb;
    const keyed: KeyedRequest = {
      caller: request.account?.accountId ?? 'anonymous',
      key,
      route: contract.name,
      fingerprint: fingerprintOf(contract.name, request.params, request.query, request.body),
    };
    const outcome = await claimKey(db, keyed);
    if (outcome.kind === 'replay') return replay(reply, outcome.status, outcome.body);
    const { claim } = outcome;
    try {
      const answer = await handler(inputOf<Contract>(request, reply));
      if (answer instanceof Problem) throw answer;
      if (isFinal(answer)) await storeAnswer(db, claim, { status: contract.success.status, body: answer });
      else await releaseKey(db, claim);
      return reply.code(contract.success.status).send(answer);
    } catch (error) {
      await keepRefusal(db, claim, error);
      throw error;
    }
  };
}

// A definite refusal is an answer too. "Busy" and faults are not: the caller should be able to try again.
async function keepRefusal(db: Kysely<PlatformTables>, claim: Claim, error: unknown): Promise<void> {
  const isDefinite =
    error instanceof Problem && error.status < 500 && !problemDefinition(error.code).retryable;
  if (!isDefinite) return releaseKey(db, claim);
  const body = { code: error.code, data: error.data ?? null };
  await storeAnswer(db, claim, { status: error.status, body });
}

function replay(reply: FastifyReply, status: number, body: unknown): FastifyReply {
  reply.header('idempotent-replayed', 'true');
  if (status < 400) return reply.code(status).send(body);
  const refusal = body as { code: ConstructorParameters<typeof Problem>[0]; data: unknown };
  throw new Problem(refusal.code, refusal.data === null ? {} : { data: refusal.data });
}
