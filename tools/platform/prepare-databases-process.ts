import { prepareDatabases } from './prepare-databases.ts';

// A process of its own, so that what it loads does not stay in the supervisor. POSTGRES_URL
// holds the word DATABASE where a database's name belongs.
const template = process.env['POSTGRES_URL'] ?? '';
const admin = await prepareDatabases((database) => template.replace('DATABASE', database));
process.send?.({ admin });
process.disconnect();
