import type { ProblemDocument } from '@urr/contracts/problem-document.ts';
import type { Place, StateDocument } from '@urr/contracts/queue.ts';
import { renewSession } from './session.ts';

/** What the API answered. `unknown`: nobody can tell whether the request was carried out. */
export type Answer<Body> =
  | { readonly kind: 'ok'; readonly body: Body }
  | { readonly kind: 'refused'; readonly problem: ProblemDocument; readonly retryAfterSeconds: number | null }
  | { readonly kind: 'unknown'; readonly retryAfterSeconds: number | null };

/** An answer that says no, or nothing. */
export type NotCarriedOut = Exclude<Answer<unknown>, { kind: 'ok' }>;

/** The code of a refusal; `null` for everything else. */
export function codeOf(answer: Answer<unknown>): string | null {
  return answer.kind === 'refused' ? answer.problem.code : null;
}

/** What the page asks of the line. Every request may be repeated without harm. */
export interface Desk {
  look(): Promise<Answer<StateDocument>>;
  own(): Promise<Answer<Place>>;
  join(receipt: string | null): Promise<Answer<Place>>;
  enter(): Promise<Answer<unknown>>;
  leave(): Promise<Answer<unknown>>;
}

/** Hears what the server's clock showed and when it was asked and heard, by the device's clock. Milliseconds. */
export type HearClock = (serverDate: string, sentAtMs: number, receivedAtMs: number) => void;

const deadlineMs = 8_000;

/** Creates the desk of one event's line. */
export function createDesk(eventId: string, hearClock: HearClock): Desk {
  const path = `/api/v1/queue/${eventId}`;
  return {
    look: () => send<StateDocument>('GET', `${path}/state`, undefined, hearClock),
    own: () => asAccount(() => send<Place>('GET', `${path}/me`)),
    join: (receipt) =>
      asAccount(() => send<Place>('POST', `${path}/join`, receipt === null ? null : { receipt })),
    enter: () => asAccount(() => send('POST', `${path}/enter`)),
    leave: () => asAccount(() => send('POST', `${path}/leave`)),
  };
}

async function asAccount<Body>(ask: () => Promise<Answer<Body>>): Promise<Answer<Body>> {
  const answer = await ask();
  if (answer.kind !== 'refused' || answer.problem.code !== 'unauthenticated') return answer;
  return (await renewSession()) ? ask() : answer;
}

async function send<Body>(
  method: 'GET' | 'POST',
  path: string,
  body?: unknown,
  hearClock?: HearClock,
): Promise<Answer<Body>> {
  const sentAtMs = Date.now();
  const hasBody = body !== undefined;
  try {
    const response = await fetch(path, {
      method,
      headers: {
        'accept-language': document.documentElement.lang,
        ...(hasBody ? { 'content-type': 'application/json' } : {}),
      },
      ...(hasBody ? { body: JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(deadlineMs),
    });
    const date = response.headers.get('date');
    if (date !== null) hearClock?.(date, sentAtMs, Date.now());
    return await answerOf<Body>(response);
  } catch {
    return { kind: 'unknown', retryAfterSeconds: null };
  }
}

async function answerOf<Body>(response: Response): Promise<Answer<Body>> {
  const retryAfter = Number(response.headers.get('retry-after'));
  const retryAfterSeconds = retryAfter > 0 ? retryAfter : null;
  if (response.ok) return { kind: 'ok', body: (await response.json()) as Body };
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json') === true;
  if (!isProblem || response.status >= 500) return { kind: 'unknown', retryAfterSeconds };
  return { kind: 'refused', problem: (await response.json()) as ProblemDocument, retryAfterSeconds };
}
