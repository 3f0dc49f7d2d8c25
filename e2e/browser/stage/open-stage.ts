import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { changePassword, logIn } from '@urr/contracts/auth.ts';
import { callRoute } from '@urr/contracts/call-route.ts';
import { freePortOffset } from '../../../tools/platform/ports.ts';
import { type RunningPlatform, startPlatform } from '../../../tools/platform/start-platform.ts';

/** A platform with its pages, and what is needed to play an operator on it. */
export interface StageAddress {
  readonly webUrl: string;
  readonly gatewayUrl: string;
  readonly simulatorUrl: string;
  readonly authDatabaseUrl: string;
  readonly jwtSecret: string;
}

/** Faster than for people, and without limits that a whole audience behind one address would meet. */
const environment = {
  ...Object.fromEntries(
    ['AUTH', 'QUEUE', 'BOOKING', 'GENERAL'].map((name) => [`RATE_LIMIT_${name}_PER_MINUTE`, '1000000']),
  ),
  LOG_LEVEL: 'warn',
  PASSWORD_HASH_MEMORY_KIB: '1024',
  PASSWORD_HASH_PASSES: '1',
  TOSS_READ_TIMEOUT_MS: '3000',
  CONFIRM_ANSWER_DEADLINE_MS: '2000',
  RECONCILE_AFTER_MS: '3000',
  RECONCILE_BACKOFF_MAX_MS: '1500',
};

/** Starts a platform of its own with the production pages over it; closing removes both. */
export async function openStage(
  progress: (step: string) => void = () => {},
): Promise<{ readonly address: StageAddress; close(): Promise<void> }> {
  const stateDirectory = await mkdtemp(path.join(tmpdir(), 'urr-browser-'));
  const removeState = () => rm(stateDirectory, { recursive: true, force: true });
  try {
    const platform = await startPlatform({
      stateDirectory,
      portOffset: await freePortOffset(),
      environment,
      hasPages: true,
      progress,
    });
    await replaceOneTimePassword(platform);
    const close = async () => {
      await platform.stop();
      await removeState();
    };
    return { address: addressOf(platform), close };
  } catch (error) {
    await removeState();
    throw error;
  }
}

/** What a running platform is played by. */
export function addressOf(platform: RunningPlatform): StageAddress {
  return {
    webUrl: platform.pagesUrl,
    gatewayUrl: platform.gatewayUrl,
    simulatorUrl: platform.simulatorUrl,
    authDatabaseUrl: platform.databaseUrl('auth_db'),
    jwtSecret: platform.secrets.JWT_SECRET,
  };
}

// Until then the pages of organisers ask the admin for nothing else.
async function replaceOneTimePassword({ admin, gatewayUrl: baseUrl }: RunningPlatform): Promise<void> {
  if (admin === undefined) throw new Error('A new platform must have made its admin');
  const { email, oneTimePassword } = admin;
  const signedIn = await callRoute(logIn, { body: { email, password: oneTimePassword } }, { baseUrl });
  if (!signedIn.ok) throw new Error(`The admin could not log in: ${signedIn.problem.code}`);
  const body = { currentPassword: oneTimePassword, newPassword: `${oneTimePassword}-replaced` };
  const headers = { authorization: `Bearer ${signedIn.body.accessToken}` };
  const changed = await callRoute(changePassword, { body }, { baseUrl, headers });
  if (!changed.ok) throw new Error(`The admin's password was not changed: ${changed.problem.code}`);
}
