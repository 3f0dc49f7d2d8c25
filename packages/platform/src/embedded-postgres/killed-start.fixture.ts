import { startPostgres } from './start-postgres.ts';

// Run by a test, which kills it with -9 while the server it started goes on.
const server = await startPostgres({ dataDirectory: process.argv[2] ?? '', port: Number(process.argv[3]) });
process.stdout.write(`started ${server.pid}\n`);
setInterval(() => {}, 60_000);
