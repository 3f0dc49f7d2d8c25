import { after, before } from 'node:test';
import { openDatabase } from '@urr/platform/database.ts';
import { createLogger } from '@urr/platform/logger.ts';
import { Secret } from '@urr/platform/secret.ts';
import { createTestDatabase } from '@urr/testkit/test-database.ts';
import assert from 'node:assert/strict';
import { queueService } from '../../service.ts';
import type { QueueTables } from '../../tables.ts';
import { lineStoreConformance } from '../line-store-conformance.ts';
import type { LineStore } from '../line-store.ts';
import { createPostgresLineStore } from './postgres-line-store.ts';

let store: LineStore | undefined;
let close: () => Promise<void> = async () => {};

before(async () => {
  const testDatabase = await createTestDatabase({ migrations: queueService.migrations ?? '' });
  const logger = createLogger('test', 'silent');
  const database = openDatabase<QueueTables>({ url: new Secret(testDatabase.url), poolSize: 4, logger });
  store = createPostgresLineStore(database);
  close = async () => {
    await database.close();
    await testDatabase.drop();
  };
});
after(() => close());

lineStoreConformance(() => store ?? assert.fail('not ready'));
