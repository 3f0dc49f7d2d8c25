import { ChangedMigration } from '@urr/platform/migrations.ts';
import { prepareDatabases } from './prepare-databases.ts';

// A process of its own, so that what it loads does not stay in the supervisor. POSTGRES_URL
// holds the word DATABASE where a database's name belongs.
const template = process.env['POSTGRES_URL'] ?? '';
try {
  const admin = await prepareDatabases((database) => template.replace('DATABASE', database));
  process.send?.({ admin });
} catch (error) {
  if (!(error instanceof ChangedMigration)) throw error;
  console.error(
    `The data here was made by another version of URR (${error.message}).\nBegin anew with: npm start -- --reset`,
  );
  process.exitCode = 1;
}
process.disconnect();
