import { parseArgs } from 'node:util';
import { logIn } from '@urr/contracts/auth.ts';
import { callRoute } from '@urr/contracts/call-route.ts';
import { topology } from '@urr/contracts/topology.ts';
import { importEventFile } from './import-event-file.ts';
import { importHallFile } from './import-hall-file.ts';
import { type ImportTarget, reasonOf } from './import-target.ts';

const usage = `Usage: npm run import -- halls <file.csv>… [--slug s] [--name-ko n] [--name-en n] [--dry-run]
       npm run import -- events <file.json>… [--publish]
  --url origin    the gateway; http://127.0.0.1:3001 plus PORT_OFFSET when absent
  --email mail    sign in with this and URR_PASSWORD; or give a token in URR_ACCESS_TOKEN`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    url: { type: 'string' },
    email: { type: 'string' },
    slug: { type: 'string' },
    'name-ko': { type: 'string' },
    'name-en': { type: 'string' },
    'dry-run': { type: 'boolean', default: false },
    publish: { type: 'boolean', default: false },
  },
});

async function main(): Promise<void> {
  const [kind, ...files] = positionals;
  if ((kind !== 'halls' && kind !== 'events') || files.length === 0) throw new Error(usage);
  if (files.length > 1 && values.slug !== undefined) throw new Error('--slug names one hall; give one file.');
  const target = await signIn();
  for (const file of files) await (kind === 'halls' ? takeHall(target, file) : takeEvent(target, file));
}

async function signIn(): Promise<ImportTarget> {
  const port = topology['gateway-service'].port + Number(process.env['PORT_OFFSET'] ?? 0);
  const baseUrl = values.url ?? `http://127.0.0.1:${port}`;
  const accessToken = process.env['URR_ACCESS_TOKEN'];
  if (accessToken !== undefined) return { baseUrl, accessToken };
  const password = process.env['URR_PASSWORD'];
  if (values.email === undefined || password === undefined) throw new Error(usage);
  const result = await callRoute(logIn, { body: { email: values.email, password } }, { baseUrl });
  if (!result.ok) throw new Error(`Could not sign in: ${result.problem.title} (${result.problem.code})`);
  return { baseUrl, accessToken: result.body.accessToken };
}

async function takeHall(target: ImportTarget, file: string): Promise<void> {
  const { 'name-ko': ko, 'name-en': en, 'dry-run': dryRun, slug } = values;
  const name = { ...(ko === undefined ? {} : { ko }), ...(en === undefined ? {} : { en }) };
  const report = await importHallFile(target, file, { slug, name, dryRun });
  const grades = report.grades.map(({ grade, seats }) => `${grade} ${seats}`).join(', ');
  const version =
    report.version === null ? '' : `, version ${report.version}${report.isNew ? '' : ' (unchanged)'}`;
  console.log(`${file}: ${report.seats} places (${grades})${version}`);
  for (const warning of report.warnings) console.log(`  warning, ${reasonOf(warning)}`);
  for (const error of report.errors) console.log(`  ${reasonOf(error)}`);
  if (!report.accepted) throw new Error(`${file}: ${report.errorCount} faults; it would be refused.`);
}

async function takeEvent(target: ImportTarget, file: string): Promise<void> {
  const event = await importEventFile(target, file, { publish: values.publish });
  const inventory = event.organiser?.inventory === 'pending' ? ', its places are still on their way' : '';
  console.log(`${file}: ${event.slug} is ${event.state}${inventory} (${event.eventId})`);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
