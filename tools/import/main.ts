import { logIn } from '@urr/contracts/auth.ts';
import { callRoute } from '@urr/contracts/call-route.ts';
import { topology } from '@urr/contracts/topology.ts';
import { CommandLineStop, readCommandLine, reportEnd } from '../platform/command-line.ts';
import { portOffsetOf } from '../platform/port-offset.ts';
import { importEventFile } from './import-event-file.ts';
import { importHallFile } from './import-hall-file.ts';
import { type ImportTarget, isUnanswered, notReached, reasonOf } from './import-target.ts';

const usage = `Usage: npm run import -- halls <file.csv>… [--slug s] [--name-ko n] [--name-en n] [--dry-run]
       npm run import -- events <file.json>… [--publish]
  --email mail    sign in with this and URR_PASSWORD (or give a token in URR_ACCESS_TOKEN)
  --url origin    the gateway; http://127.0.0.1:3001 plus PORT_OFFSET when absent
  --slug s        what events call the hall by: lower-case words joined by "-"; else the file's name without .csv
  --name-ko, --name-en   what people read; else the slug
  --dry-run       only tell what the import of a hall would do
  --publish       publish the events, too`;

const commandLine = {
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
} as const;

type Values = ReturnType<typeof readCommandLine<typeof commandLine>>['values'];

async function main(): Promise<void> {
  const { values, positionals } = readCommandLine(usage, commandLine);
  const [kind, ...files] = positionals;
  const fault = faultOf(values, kind, files);
  if (fault !== undefined) throw new CommandLineStop(usage, fault);
  const target = await signIn(values);
  for (const file of files)
    await (kind === 'halls' ? takeHall(target, file, values) : takeEvent(target, file, values));
}

function faultOf(values: Values, kind: string | undefined, files: readonly string[]): string | undefined {
  if (kind !== 'halls' && kind !== 'events') return 'Say what the files hold: halls or events.';
  if (files.length === 0) return 'Missing: the files.';
  if (kind === 'events' && values['dry-run']) return '--dry-run is for halls.';
  if (kind === 'halls' && values.publish) return '--publish is for events.';
  if (files.length > 1 && values.slug !== undefined) return '--slug names one hall; give one file.';
  if (values.url !== undefined && !/^https?:\/\/[^/]+$/.test(values.url))
    return `--url must be an origin such as http://127.0.0.1:3001, not "${values.url}".`;
  return undefined;
}

async function signIn(values: Values): Promise<ImportTarget> {
  const port = topology['gateway-service'].port + portOffsetOf(process.env['PORT_OFFSET']);
  const baseUrl = values.url ?? `http://127.0.0.1:${port}`;
  const accessToken = process.env['URR_ACCESS_TOKEN'];
  if (accessToken !== undefined) return { baseUrl, accessToken };
  const password = process.env['URR_PASSWORD'];
  if (values.email === undefined || password === undefined || password === '')
    throw new CommandLineStop(usage, 'Missing: --email and URR_PASSWORD (or URR_ACCESS_TOKEN).');
  const options = { baseUrl, headers: { 'accept-language': 'en' } };
  const result = await callRoute(logIn, { body: { email: values.email, password } }, options);
  if (isUnanswered(result)) throw new Error(notReached(baseUrl));
  if (!result.ok) throw new Error(`Could not sign in: ${result.problem.title} (${result.problem.code})`);
  return { baseUrl, accessToken: result.body.accessToken };
}

async function takeHall(target: ImportTarget, file: string, values: Values): Promise<void> {
  const { 'name-ko': ko, 'name-en': en, 'dry-run': dryRun, slug } = values;
  const name = { ...(ko === undefined ? {} : { ko }), ...(en === undefined ? {} : { en }) };
  const report = await importHallFile(target, file, { slug, name, dryRun });
  const grades = report.grades.map(({ grade, seats }) => `${grade} ${seats}`).join(', ');
  const version =
    report.version === null ? '' : `, version ${report.version}${report.isNew ? '' : ' (unchanged)'}`;
  const done = dryRun ? 'would import' : 'imported';
  console.log(`${file}: ${done} ${report.seats} places (${grades})${version}`);
  for (const warning of report.warnings) console.log(`  warning, ${reasonOf(warning)}`);
  for (const error of report.errors) console.log(`  ${reasonOf(error)}`);
  if (!report.accepted) throw new Error(`${file}: ${report.errorCount} faults; it would be refused.`);
}

async function takeEvent(target: ImportTarget, file: string, values: Values): Promise<void> {
  const event = await importEventFile(target, file, { publish: values.publish });
  const inventory = event.organiser?.inventory === 'pending' ? ', its places are still on their way' : '';
  console.log(`${file}: ${event.slug} is ${event.state}${inventory} (${event.eventId})`);
}

try {
  await main();
} catch (error) {
  process.exit(reportEnd(error));
}
