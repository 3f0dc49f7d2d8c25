import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type CallResult, type CallInput, callRoute } from '@urr/contracts/call-route.ts';
import type { HallImport } from '@urr/contracts/catalog-shapes.ts';
import type { RouteContract } from '@urr/contracts/route-contract.ts';
import type { AccountRole } from '@urr/contracts/auth.ts';
import { signAccessToken, signingKey } from '@urr/platform/identity.ts';
import { Secret } from '@urr/platform/secret.ts';
import { createTestDatabase } from '@urr/testkit/test-database.ts';
import pg from 'pg';
import { catalogService } from '../service.ts';
import { type FakeTicketService, startFakeTicketService } from './fake-ticket-service.ts';

export const internalToken = 'internal-token-of-the-tests-0123456789';
const jwtSecret = Buffer.alloc(32, 5).toString('base64');

/** Somebody who calls. */
export interface Caller {
  readonly accountId: string;
  readonly headers: Readonly<Record<string, string>>;
}

export function someone(role: AccountRole): Caller {
  const accountId = randomUUID();
  const token = signAccessToken(
    { accountId, role, sessionId: randomUUID() },
    { nowSeconds: Date.now() / 1000, lifetimeSeconds: 600, tokenId: randomUUID() },
    signingKey(new Secret(jwtSecret)),
  );
  return { accountId, headers: { authorization: `Bearer ${token}` } };
}

export interface CatalogUnderTest {
  readonly url: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly ticket: FakeTicketService;
  readonly sql: pg.Pool;
  call<Contract extends RouteContract>(
    contract: Contract,
    input: CallInput<Contract>,
    caller?: Caller,
    headers?: Record<string, string>,
  ): Promise<CallResult<Contract>>;
  stop(): Promise<void>;
}

/** A whole catalog-service on a database of its own, beside a ticket-service that is played. */
export async function startCatalog(
  settings: Readonly<Record<string, string>> = {},
): Promise<CatalogUnderTest> {
  const imageDirectory = await mkdtemp(path.join(os.tmpdir(), 'urr-images-'));
  const ticket = await startFakeTicketService(internalToken);
  const database = await createTestDatabase({ migrations: `${import.meta.dirname}/../../migrations` });
  const environment = {
    PORT: '0',
    LOG_LEVEL: 'silent',
    JWT_SECRET: jwtSecret,
    INTERNAL_API_TOKEN: internalToken,
    CATALOG_DB_URL: database.url,
    TICKET_SERVICE_URL: ticket.url,
    CATALOG_IMAGE_DIRECTORY: imageDirectory,
    ...settings,
  };
  const service = await catalogService.create(environment, {
    bus: { subscribe: () => {}, publish: async () => {} },
  });
  const url = await service.app.listen({ port: 0, host: '127.0.0.1' });
  await service.start();
  const sql = new pg.Pool({ connectionString: database.url, max: 2 });
  return {
    url,
    environment,
    ticket,
    sql,
    call: (contract, input, caller, headers) =>
      callRoute(contract, input, { baseUrl: url, headers: { ...caller?.headers, ...headers } }),
    stop: async () => {
      // A push that hangs would hold the stop up until its deadline.
      await ticket.close();
      await service.app.close();
      await service.stop();
      await sql.end();
      await database.drop();
      await rm(imageDirectory, { recursive: true, force: true });
    },
  };
}

/** The body of a success; a refusal fails the test. */
export function bodyOf<Contract>(result: CallResult<Contract>) {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.problem)}`);
  return result.body;
}

/** The code of a refusal; a success fails the test. */
export function refusalOf(
  result: { readonly ok: true } | { readonly ok: false; readonly problem: { readonly code: string } },
): string {
  if (result.ok) throw new Error(`not refused: ${JSON.stringify(result)}`);
  return result.problem.code;
}

/** A hall with rows of ten, the first VIP, the others R. */
export function hallImport(slug: string, rows = 3): HallImport {
  const lines = Array.from({ length: rows * 10 }, (_, index) => {
    const [row, seat] = [Math.floor(index / 10), index % 10];
    return `Floor,${row + 1},${seat + 1},${row === 0 ? 'VIP' : 'R'},${seat * 50},${row * 90},`;
  });
  const csv = ['section,row,seat,grade,x,y,flags', ...lines, ''].join('\n');
  return { slug, name: { ko: '작은 홀', en: 'Small hall' }, csv };
}
