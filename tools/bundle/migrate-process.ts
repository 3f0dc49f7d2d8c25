import { migrateAll } from './migrate-all.ts';

// What a cluster runs before its services: the same `*_DB_URL` as theirs.
try {
  for (const line of await migrateAll(process.env)) console.log(line);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
