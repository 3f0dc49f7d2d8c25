import path from 'node:path';
import { importDemoFiles } from '../import/import-demo-files.ts';
import { waitForLines } from '../import/wait-for-lines.ts';
import { operatorToken } from '../platform/operator-token.ts';

const demoDirectory = path.join(import.meta.dirname, '../../data');

// A process of its own, so that the files it reads do not stay in the supervisor.
try {
  const { AUTH_DB_URL = '', JWT_SECRET = '', GATEWAY_SERVICE_URL = '' } = process.env;
  const accessToken = await operatorToken({ authDatabaseUrl: AUTH_DB_URL, jwtSecret: JWT_SECRET });
  const target = { baseUrl: GATEWAY_SERVICE_URL, accessToken };
  await waitForLines(target, await importDemoFiles(target, demoDirectory));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
if (process.connected) process.disconnect();
