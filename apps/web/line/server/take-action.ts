import { enterSale, joinLine, leaveLine } from '@urr/contracts/queue.ts';
import type { ProblemDocument } from '@urr/contracts/problem-document.ts';
import type { Gateway, Reader } from './gateway.ts';

/** What the buttons of the page do. */
export type Action = 'join' | 'enter' | 'leave';

/** Where a reader goes after an action, and the cookies they take along. */
export type ActionEnd =
  | { readonly to: 'seats'; readonly cookies: readonly string[] }
  | { readonly to: 'login' }
  | { readonly to: 'line'; readonly refused?: string };

/** Names an action; `undefined` for everything the page has no button for. */
export function actionOf(form: URLSearchParams): Action | undefined {
  const action = form.get('action');
  return action === 'join' || action === 'enter' || action === 'leave' ? action : undefined;
}

/** Carries an action out at gateway-service, with the reader's own session. */
export async function takeAction(
  gateway: Gateway,
  action: Action,
  eventId: string,
  reader: Reader,
): Promise<ActionEnd> {
  const params = { eventId };
  switch (action) {
    case 'enter':
      return enter(gateway, eventId, reader);
    case 'leave':
      return endOf(await gateway(leaveLine, { params }, reader));
    case 'join': {
      const joined = await gateway(joinLine, { params, body: null }, reader);
      // Where nobody waits there is no line to look at.
      const isCalled = joined.ok && (joined.body.state === 'called' || joined.body.state === 'admitted');
      return isCalled ? enter(gateway, eventId, reader) : endOf(joined);
    }
  }
}

async function enter(gateway: Gateway, eventId: string, reader: Reader): Promise<ActionEnd> {
  const entered = await gateway(enterSale, { params: { eventId } }, reader);
  return entered.ok ? { to: 'seats', cookies: entered.cookies } : endOf(entered);
}

type Ended =
  | { readonly ok: true }
  | { readonly ok: false; readonly problem: ProblemDocument; readonly unknown: boolean };

function endOf(result: Ended): ActionEnd {
  return result.ok ? { to: 'line' } : refusedEnd(result.problem, result.unknown);
}

function refusedEnd({ code }: ProblemDocument, isUnknown: boolean): ActionEnd {
  if (code === 'unauthenticated') return { to: 'login' };
  // A turn that has not come is what the page shows anyway.
  if (code === 'not-your-turn') return { to: 'line' };
  return { to: 'line', refused: isUnknown ? 'unknown' : code };
}
