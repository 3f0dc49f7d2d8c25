import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { operatorToken } from '../../../tools/platform/operator-token.ts';
import { embeddedDatabaseUrl } from '../../../tools/platform/embedded-database-url.ts';
import { openStage, type StageAddress } from './open-stage.ts';

/** Variable by which `npm test` hands one stage to all suites. */
export const stageVariable = 'URR_BROWSER_STAGE';
/** Variable that names pages already served on a platform of `npm start`: for work on pages and journeys. */
export const runningPagesVariable = 'URR_WEB_URL';

const repository = path.join(import.meta.dirname, '../../..');

/** The stage of these tests: the one that was handed over, a running one, or else one of their own. */
export async function useStage(): Promise<{ readonly address: StageAddress; close(): Promise<void> }> {
  const handed = process.env[stageVariable];
  if (handed !== undefined) return { address: JSON.parse(handed) as StageAddress, close: async () => {} };
  const running = process.env[runningPagesVariable];
  if (running !== undefined) return { address: await runningStage(running), close: async () => {} };
  return openStage();
}

async function runningStage(webUrl: string): Promise<StageAddress> {
  const offset = Number(new URL(webUrl).port) - 3000;
  const folder = path.join(repository, '.urr', offset === 0 ? 'platform' : `platform-${offset}`);
  const secrets = JSON.parse(await readFile(path.join(folder, 'secrets.json'), 'utf8')) as {
    JWT_SECRET: string;
  };
  return {
    webUrl,
    gatewayUrl: `http://127.0.0.1:${3001 + offset}`,
    simulatorUrl: `http://127.0.0.1:${3010 + offset}`,
    authDatabaseUrl: await embeddedDatabaseUrl('auth_db', String(offset)),
    jwtSecret: secrets.JWT_SECRET,
  };
}

/** A token of the stage's admin; good for five minutes. */
export function adminToken({ authDatabaseUrl, jwtSecret }: StageAddress): Promise<string> {
  return operatorToken({ authDatabaseUrl, jwtSecret });
}
