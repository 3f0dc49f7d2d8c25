import { endSession, logIn, register, setRole, type SignedIn } from '@urr/contracts/auth.ts';
import { ask } from '../../browser/stage/account-at-api.ts';
import type { StageAddress } from '../../browser/stage/open-stage.ts';
import { newCredentials } from '../../browser/stage/visitor.ts';
import type { Belongings, Person } from './world.ts';

/** Somebody who is signed in. */
export interface Member {
  readonly person: Person;
  readonly accountId: string;
  readonly accessToken: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly email: string;
  /** Live and ended sessions with their refresh tokens. */
  readonly sessions: readonly Belongings[];
}

/** Registers a fan with a second session, and a third one that is over. */
export async function newFan(stage: StageAddress, person: 'fan' | 'stranger'): Promise<Member> {
  const body = newCredentials();
  const first = await ask(stage, register, { body: { ...body, name: `The ${person}` } });
  return member(stage, person, body, first);
}

/** Registers an organiser; the admin gives the role. */
export async function newOrganiser(
  stage: StageAddress,
  person: 'organiser' | 'rival',
  adminToken: string,
): Promise<Member> {
  const body = newCredentials();
  const { account } = await ask(stage, register, { body });
  const asAdmin = { authorization: `Bearer ${adminToken}` };
  const params = { accountId: account.accountId };
  await ask(stage, setRole, { params, body: { role: 'organiser' } }, asAdmin);
  return member(stage, person, body, await ask(stage, logIn, { body }));
}

async function member(
  stage: StageAddress,
  person: Person,
  body: { readonly email: string; readonly password: string },
  { account, accessToken }: SignedIn,
): Promise<Member> {
  const headers = { authorization: `Bearer ${accessToken}` };
  const live = await ask(stage, logIn, { body });
  const over = await ask(stage, logIn, { body });
  await ask(stage, endSession, { params: { sessionId: over.sessionId } }, headers);
  const sessions = [
    { owner: person, what: 'live session', ids: sessionIds(live) },
    { owner: person, what: 'ended session', ids: sessionIds(over) },
  ];
  return { person, accountId: account.accountId, accessToken, headers, email: body.email, sessions };
}

function sessionIds({ account, sessionId, refreshToken }: SignedIn) {
  return { account: [account.accountId], session: [sessionId], refreshToken: [refreshToken] };
}
