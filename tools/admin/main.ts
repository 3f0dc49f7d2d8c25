import { createAdmin } from '@urr/auth-service/accounts/ensure-admin.ts';
import { CommandLineStop, readCommandLine, reportEnd } from '../platform/command-line.ts';
import { authDatabaseUrl } from './auth-database.ts';

const usage = `Usage: npm run admin -- create --email you@example.com

Makes an admin of this address, or of the account it already has, and prints a one-time password.
It writes to AUTH_DB_URL, else to the platform started by npm start (PORT_OFFSET as there).`;

async function main(): Promise<void> {
  const { positionals, values } = readCommandLine(usage, {
    allowPositionals: true,
    options: { email: { type: 'string' } },
  });
  const email = values.email ?? '';
  if (positionals.join(' ') !== 'create') throw new CommandLineStop(usage, 'The one command is create.');
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email))
    throw new CommandLineStop(usage, `--email must be an address, not "${email}".`);
  const access = await createAdmin(await authDatabaseUrl(process.env), email);
  const known = access.isNew ? '' : ' (known already: its old password and its sessions have ended)';
  console.log(`Admin              ${access.email}${known}`);
  console.log(`One-time password  ${access.oneTimePassword}`);
  console.log(
    'Until it is changed (log in on the pages, or POST /api/v1/auth/password) the account may do no more than a fan.',
  );
}

try {
  await main();
} catch (error) {
  const isRefused = error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED';
  const hint = 'The database does not answer. Start the platform first: npm start';
  process.exitCode = reportEnd(isRefused ? hint : error);
}
