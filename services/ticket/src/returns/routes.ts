import { uuidPattern } from '@urr/contracts/primitives.ts';
import {
  beginReturn as beginContract,
  quoteReturn as quoteContract,
} from '@urr/contracts/ticket-internal.ts';
import { Problem } from '@urr/platform/problem.ts';
import { serve } from '@urr/platform/serve.ts';
import type { Deps } from '../deps.ts';
import { beginReturn, quoteReturn } from './begin-return.ts';

/** Registers what payment-service calls before a refund. */
export function serveReturns(deps: Deps): void {
  serve(deps.serve, beginContract, ({ params, body, request }) =>
    beginReturn(deps, { ...params, ...body, requestId: request.id }),
  );
  serve(deps.serve, quoteContract, ({ params, query }) =>
    quoteReturn(deps, {
      ...params,
      accountId: query.accountId,
      ticketIds: query.ticketIds === undefined ? undefined : ticketIdsOf(query.ticketIds),
    }),
  );
}

function ticketIdsOf(text: string): string[] {
  const ids = text.split(',').filter((id) => id !== '');
  if (ids.every((id) => uuidPattern.test(id))) return ids;
  const errors = [{ path: 'query/ticketIds', message: 'must be ticket ids, separated by commas' }];
  throw new Problem('invalid-input', { data: { errors } });
}
