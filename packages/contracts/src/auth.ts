import { type Static, Type } from 'typebox';
import {
  Email,
  GivenPassword,
  GivenRefreshToken,
  NewPassword,
  OpaqueToken,
  PersonName,
} from './auth-fields.ts';
import { Timestamp, Uuid } from './primitives.ts';
import { routeContract } from './route-contract.ts';

/** What a person may do. */
export const AccountRole = Type.Union([
  Type.Literal('fan'),
  Type.Literal('organiser'),
  Type.Literal('admin'),
]);
export type AccountRole = Static<typeof AccountRole>;

/** An account as its owner and admins see it. */
export const AccountView = Type.Object({
  accountId: Uuid,
  email: Type.String(),
  name: Type.String(),
  role: AccountRole,
  mustChangePassword: Type.Boolean({
    description: 'While true, tokens of this account have the rights of a fan only',
  }),
  createdAt: Timestamp,
});
export type AccountView = Static<typeof AccountView>;

/** The answer to every sign-in; the tokens also stand in the cookies `access_token` and `refresh_token`. */
export const SignedIn = Type.Object({
  account: AccountView,
  sessionId: Uuid,
  accessToken: Type.String(),
  accessTokenExpiresIn: Type.Integer({ description: 'Seconds' }),
  refreshToken: Type.String(),
  refreshTokenExpiresIn: Type.Integer({ description: 'Seconds' }),
});
export type SignedIn = Static<typeof SignedIn>;

/** One sign-in on one device. */
export const SessionView = Type.Object({
  sessionId: Uuid,
  createdAt: Timestamp,
  lastUsedAt: Timestamp,
  expiresAt: Timestamp,
  userAgent: Type.String(),
  address: Type.String(),
  current: Type.Boolean(),
});

/** Makes an account and signs it in. */
export const register = routeContract({
  name: 'register',
  summary: 'Make an account and sign in',
  method: 'POST',
  path: '/api/v1/auth/register',
  service: 'auth-service',
  access: 'public',
  limit: 'auth',
  body: Type.Object(
    { email: Email, password: NewPassword, name: Type.Optional(PersonName) },
    { additionalProperties: false },
  ),
  success: { status: 201, body: SignedIn },
  refusals: ['email-taken'],
});

/** Signs in with mail and password. */
export const logIn = routeContract({
  name: 'logIn',
  summary: 'Sign in with email and password',
  method: 'POST',
  path: '/api/v1/auth/login',
  service: 'auth-service',
  access: 'public',
  limit: 'auth',
  body: Type.Object({ email: Email, password: GivenPassword }, { additionalProperties: false }),
  success: { status: 200, body: SignedIn },
  refusals: ['wrong-credentials', 'sign-in-slowed'],
});

/** Signs in with a Google ID token; with a session of the same mail, links the two. */
export const signInWithGoogle = routeContract({
  name: 'signInWithGoogle',
  summary: 'Sign in with a Google ID token, or link it to the signed-in account',
  method: 'POST',
  path: '/api/v1/auth/google',
  service: 'auth-service',
  access: 'public',
  limit: 'auth',
  body: Type.Object({ idToken: OpaqueToken }, { additionalProperties: false }),
  success: { status: 200, body: SignedIn },
  refusals: ['google-not-configured', 'google-token-refused', 'google-email-in-use', 'account-not-found'],
});

/** Exchanges a refresh token for a new pair. */
export const refresh = routeContract({
  name: 'refresh',
  summary: 'Exchange the refresh token, from the body or the cookie, for new tokens',
  method: 'POST',
  path: '/api/v1/auth/refresh',
  service: 'auth-service',
  access: 'public',
  limit: 'auth',
  body: GivenRefreshToken,
  success: { status: 200, body: SignedIn },
  refusals: ['session-over'],
});

/** Ends the session of the refresh token, else of the access token. */
export const logOut = routeContract({
  name: 'logOut',
  summary: 'End this session and clear the cookies',
  method: 'POST',
  path: '/api/v1/auth/logout',
  service: 'auth-service',
  access: 'public',
  limit: 'auth',
  body: GivenRefreshToken,
  success: { status: 204 },
  refusals: [],
});

/** The signed-in account. */
export const readMe = routeContract({
  name: 'readMe',
  summary: 'The signed-in account',
  method: 'GET',
  path: '/api/v1/auth/me',
  service: 'auth-service',
  access: 'account',
  limit: 'general',
  success: { status: 200, body: AccountView },
  refusals: ['account-not-found'],
});

/** Changes what the account is called. */
export const renameMe = routeContract({
  name: 'renameMe',
  summary: "Change the signed-in account's name",
  method: 'PATCH',
  path: '/api/v1/auth/me',
  service: 'auth-service',
  access: 'account',
  limit: 'general',
  body: Type.Object({ name: PersonName }, { additionalProperties: false }),
  success: { status: 200, body: AccountView },
  refusals: ['account-not-found'],
});

/** Changes the password and ends every other session. */
export const changePassword = routeContract({
  name: 'changePassword',
  summary: 'Change the password; every other session ends',
  method: 'POST',
  path: '/api/v1/auth/password',
  service: 'auth-service',
  access: 'account',
  limit: 'auth',
  body: Type.Object(
    { currentPassword: GivenPassword, newPassword: NewPassword },
    { additionalProperties: false },
  ),
  success: { status: 200, body: SignedIn },
  refusals: ['wrong-credentials', 'sign-in-slowed', 'account-not-found'],
});

/** Where the account is signed in. */
export const listSessions = routeContract({
  name: 'listSessions',
  summary: 'Where the account is signed in, latest first',
  method: 'GET',
  path: '/api/v1/auth/sessions',
  service: 'auth-service',
  access: 'account',
  limit: 'general',
  success: { status: 200, body: Type.Object({ sessions: Type.Array(SessionView) }) },
  refusals: [],
});

/** Ends one of the account's sessions. */
export const endSession = routeContract({
  name: 'endSession',
  summary: 'End one session of the account',
  method: 'DELETE',
  path: '/api/v1/auth/sessions/:sessionId',
  service: 'auth-service',
  access: 'account',
  limit: 'general',
  params: Type.Object({ sessionId: Uuid }),
  success: { status: 204 },
  refusals: ['session-not-found'],
});

/** Accounts for admins, in order of making. */
export const listAccounts = routeContract({
  name: 'listAccounts',
  summary: 'Accounts, by mail or page by page',
  method: 'GET',
  path: '/api/v1/auth/accounts',
  service: 'auth-service',
  access: 'admin',
  limit: 'general',
  query: Type.Object(
    {
      email: Type.Optional(Email),
      role: Type.Optional(AccountRole),
      after: Type.Optional(Uuid),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, description: '50 when absent' })),
    },
    { additionalProperties: false },
  ),
  success: {
    status: 200,
    body: Type.Object({ accounts: Type.Array(AccountView), next: Type.Optional(Uuid) }),
  },
  refusals: [],
});

/** Gives an account another role and ends its sessions. */
export const setRole = routeContract({
  name: 'setRole',
  summary: 'Give an account another role; its sessions end',
  method: 'PATCH',
  path: '/api/v1/auth/accounts/:accountId',
  service: 'auth-service',
  access: 'admin',
  limit: 'general',
  params: Type.Object({ accountId: Uuid }),
  body: Type.Object({ role: AccountRole }, { additionalProperties: false }),
  success: { status: 200, body: AccountView },
  refusals: ['account-not-found', 'last-admin'],
});

/** Routes of accounts and sessions. */
export const authRoutes = [
  register,
  logIn,
  signInWithGoogle,
  refresh,
  logOut,
  readMe,
  renameMe,
  changePassword,
  listSessions,
  endSession,
  listAccounts,
  setRole,
] as const;
