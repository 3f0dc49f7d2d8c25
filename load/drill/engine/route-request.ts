import type { AnswerOf, BodyOf, ParamsOf, RouteContract } from '@urr/contracts/route-contract.ts';
import type { Answer, FanRequest } from './action.ts';

type Given<Contract> = (ParamsOf<Contract> extends undefined ? object : { params: ParamsOf<Contract> }) &
  (BodyOf<Contract> extends undefined ? object : { body: BodyOf<Contract> }) & {
    readonly headers?: Readonly<Record<string, string>>;
    readonly isShared?: boolean;
    /** Name of the step when it is not the route's. */
    readonly step?: string;
  };

/** A request for a route of a contract, sent to the gateway. */
export function routeRequest<Contract extends RouteContract>(
  contract: Contract,
  given: Given<Contract>,
): FanRequest {
  const input = given as { params?: object; body?: unknown } & Given<Contract>;
  return {
    step: given.step ?? contract.name,
    target: 'gateway',
    method: contract.method as FanRequest['method'],
    path: pathOf(contract.path, (input.params ?? {}) as Readonly<Record<string, unknown>>),
    ...(input.body === undefined ? {} : { body: input.body }),
    ...(given.headers && { headers: given.headers }),
    ...(given.isShared && { isShared: true }),
  };
}

function pathOf(pattern: string, params: Readonly<Record<string, unknown>>): string {
  return pattern.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])));
}

/** The body of a contract's success, or `undefined` for a refusal. */
export function successOf<Contract extends RouteContract>(
  contract: Contract,
  answer: Answer,
): AnswerOf<Contract> | undefined {
  return answer.status === contract.success.status ? (answer.body as AnswerOf<Contract>) : undefined;
}
