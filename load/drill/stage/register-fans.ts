import { logIn, register, type SignedIn } from '@urr/contracts/auth.ts';
import type { RouteContract } from '@urr/contracts/route-contract.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, FanRequest } from '../engine/action.ts';
import type { Client } from '../engine/client.ts';
import { routeRequest, successOf } from '../engine/route-request.ts';
import type { Fan } from '../population.ts';

/** A fan's account and the headers its devices send. */
export interface Registered {
  readonly accountId: string;
  /** First device, and the second where the fan has one. */
  readonly headers: readonly Readonly<Record<string, string>>[];
}

const atOnce = 48;
const mostAttempts = 60;
const password = 'drill-password-0';

/** Registers the fans of a run, some at a time; answers their accounts in the same order. */
export async function registerFans(
  client: Client,
  fans: readonly Fan[],
  watch: { readonly signal: AbortSignal; readonly progress: (registered: number) => void },
): Promise<Registered[]> {
  const registered: Registered[] = [];
  let next = 0;
  let done = 0;
  const work = async () => {
    for (let index = next++; index < fans.length; index = next++) {
      watch.signal.throwIfAborted();
      const fan = fans[index];
      if (fan !== undefined) registered[index] = await registerFan(client, fan);
      done += 1;
      if (done % 1_000 === 0) watch.progress(done);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return registered;
}

async function registerFan(client: Client, { profile }: Fan): Promise<Registered> {
  const body = { email: profile.email, password };
  const first = { 'x-forwarded-for': profile.address, 'user-agent': 'drill-phone' };
  const account = await signIn(client, register, routeRequest(register, { body }), first);
  const headers = [withToken(first, account)];
  if (profile.hasTwoDevices) {
    const second = {
      'x-forwarded-for': profile.address.replace(/^10\./, '11.'),
      'user-agent': 'drill-laptop',
    };
    headers.push(withToken(second, await signIn(client, logIn, routeRequest(logIn, { body }), second)));
  }
  return { accountId: account.account.accountId, headers };
}

async function signIn(
  client: Client,
  contract: RouteContract,
  request: FanRequest,
  headers: Readonly<Record<string, string>>,
): Promise<SignedIn> {
  let answer: Answer | undefined;
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    answer = await client.send(request, headers);
    const signedIn = successOf(contract, answer);
    if (signedIn !== undefined) return signedIn as SignedIn;
    if (answer.status !== 503 && answer.status !== 429 && answer.status !== 0) break;
    await sleep(answer.retryAfterMs ?? 200);
  }
  throw new Error(`A fan could not sign in: ${answer?.status} ${JSON.stringify(answer?.body)}`);
}

function withToken(headers: Readonly<Record<string, string>>, signedIn: SignedIn) {
  return { ...headers, authorization: `Bearer ${signedIn.accessToken}` };
}
