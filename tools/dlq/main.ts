import { uuidPattern } from '@urr/contracts/primitives.ts';
import pg from 'pg';
import { CommandLineStop, readCommandLine, reportEnd } from '../platform/command-line.ts';
import { type ServiceDatabase, serviceDatabases } from './databases.ts';
import { type DeadLetter, listDeadLetters, type Selection } from './dead-letters.ts';
import { replayAndWatch } from './replay-and-watch.ts';

const usage = `Usage: npm run dlq -- list   [--consumer ticket-service]
       npm run dlq -- replay [--consumer ticket-service] [--event <id>]

Lists the domain events that a consumer could not digest, or asks for another try. The consumer's own process takes
it within about two seconds; what fails again is buried again with its new fault. Looks into the databases of
*_DB_URL, else into those of the platform started by npm start (PORT_OFFSET as there).`;

/** A consumer looks every second; then it works. Milliseconds. */
const patienceMs = 10_000;

type Command = (client: pg.Client, selection: Selection) => Promise<DeadLetter[]>;

const commands: Readonly<Record<string, Command>> = {
  list: listDeadLetters,
  replay: (client, selection) => replayAndWatch(client, selection, patienceMs),
};

async function main(): Promise<void> {
  const { positionals, values } = readCommandLine(usage, {
    allowPositionals: true,
    options: { consumer: { type: 'string' }, event: { type: 'string' } },
  });
  const [name = ''] = positionals;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined || positionals.length !== 1)
    throw new CommandLineStop(usage, 'Give one command: list or replay.');
  if (values.event !== undefined && !uuidPattern.test(values.event))
    throw new CommandLineStop(usage, `--event must be an event's id, not "${values.event}".`);
  const selection = { consumer: values.consumer, eventId: values.event };
  const databases = await serviceDatabases(process.env);
  const letters = await Promise.all(databases.map((database) => runOn(database, command, selection)));
  report(name, letters.flat());
}

async function runOn({ database, url }: ServiceDatabase, command: Command, selection: Selection) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    return await command(client, selection);
  } catch (cause) {
    const reason =
      cause instanceof Error ? cause.message || String(Reflect.get(cause, 'code')) : String(cause);
    throw new Error(`${database}: ${reason}`, { cause });
  } finally {
    await client.end();
  }
}

function report(command: string, letters: readonly DeadLetter[]): void {
  for (const letter of letters) {
    console.log(`${letter.state}  ${letter.consumer}  ${letter.eventId}  ${letter.topic}  ${letter.type}`);
    const fault = letter.state === 'digested' ? '' : `  ${letter.fault}`;
    console.log(`  failed ${letter.failedAt.toISOString()}  subject ${letter.subject}${fault}`);
  }
  const left = letters.filter((letter) => letter.state !== 'digested').length;
  if (command === 'list') console.log(`${left} events are buried.`);
  else console.log(`${letters.length - left} of ${letters.length} events digested.`);
  if (command === 'replay' && left > 0) process.exitCode = 1;
}

try {
  await main();
} catch (error) {
  process.exitCode = reportEnd(error);
}
