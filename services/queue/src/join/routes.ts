import { joinLine } from '@urr/contracts/queue.ts';
import { serve } from '@urr/platform/serve.ts';
import type { Deps } from '../deps.ts';
import type { LineJoiner } from './join-line.ts';

export function serveJoin(deps: Pick<Deps, 'serve'>, joiner: LineJoiner): void {
  serve(deps.serve, joinLine, ({ params, body, account, reply }) => {
    reply.header('cache-control', 'no-store');
    return joiner.join({
      eventId: params.eventId.toLowerCase(),
      accountId: account.accountId,
      receipt: body?.receipt,
    });
  });
}
