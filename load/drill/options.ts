import { CommandLineStop, readCommandLine } from '../../tools/platform/command-line.ts';

/** What a drill is told. */
export interface DrillOptions {
  readonly seats: number;
  /** Standing places; they are sold as a second event-wide pool hall instead of seats when above 0. */
  readonly standing: number;
  readonly fans: number;
  readonly seed: number;
  /** Longest time from the opening of the sale to its end. */
  readonly maxSeconds: number;
  readonly isJson: boolean;
  /** Keeps the throw-away platform's folder for a look at its logs. */
  readonly keepsState: boolean;
  /** The throw-away platform is a cluster: replicas, Redis Cluster, Kafka. */
  readonly isCluster: boolean;
  /** Blows that fall on the cluster during the drill; absent for a quiet one. */
  readonly chaosPoints: number | undefined;
  /** Every replica of the cluster is restarted in turn during the drill. */
  readonly isRolling: boolean;
  /** A platform that already runs; absent means a throw-away one. */
  readonly target: RunningTarget | undefined;
}

/** A platform somebody else started. */
export interface RunningTarget {
  readonly url: string;
  readonly simulatorUrl: string;
  readonly adminEmail: string;
  readonly adminPassword: string;
  /** Connection strings by database name, such as `ticket_db`; empty means an audit by the public API alone. */
  readonly databaseUrls: ReadonlyMap<string, string>;
}

const usage = `Usage: npm run drill -- [--seats 5000] [--fans 20000] [--standing 0] [--seed 1] [--max-seconds 600] [--json] [--keep]
  --cluster              on several processes of each service, Redis Cluster and Kafka
  --chaos [--points 40]  with --cluster: replicas killed and paused, Redis lost and flushed, brokers and PostgreSQL killed, clocks a minute wrong
  --rolling              with --cluster: every replica restarted in turn, which nobody may notice
  --target URL           an already running gateway; then also
  --simulator-url URL    its payment simulator
  --admin-email, --admin-password
  --audit-database NAME=URL   once per database (ticket_db, payment_db, queue_db)`;

const defaults = { seats: 5_000, fans: 20_000, seed: 1, maxSeconds: 600, points: 40 } as const;

/** Reads the command line; throws with the usage. */
export function parseOptions(args: readonly string[]): DrillOptions {
  const { values } = readCommandLine(usage, {
    args: [...args],
    options: {
      seats: { type: 'string', default: String(defaults.seats) },
      standing: { type: 'string', default: '0' },
      fans: { type: 'string', default: String(defaults.fans) },
      seed: { type: 'string', default: String(defaults.seed) },
      'max-seconds': { type: 'string', default: String(defaults.maxSeconds) },
      json: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      cluster: { type: 'boolean', default: false },
      chaos: { type: 'boolean', default: false },
      rolling: { type: 'boolean', default: false },
      points: { type: 'string', default: String(defaults.points) },
      target: { type: 'string' },
      'simulator-url': { type: 'string' },
      'admin-email': { type: 'string' },
      'admin-password': { type: 'string' },
      'audit-database': { type: 'string', multiple: true, default: [] },
    },
  });
  if ((values.chaos || values.rolling) && !values.cluster)
    throw new CommandLineStop(usage, '--chaos and --rolling need --cluster.');
  return {
    seats: wholeNumber('seats', values.seats, 1, 100_000),
    standing: wholeNumber('standing', values.standing, 0, 1_000_000),
    fans: wholeNumber('fans', values.fans, 1, 1_000_000),
    seed: wholeNumber('seed', values.seed, 0, 4_294_967_295),
    maxSeconds: wholeNumber('max-seconds', values['max-seconds'], 1, 86_400),
    isJson: values.json,
    keepsState: values.keep,
    isCluster: values.cluster,
    isRolling: values.rolling,
    chaosPoints: values.chaos ? wholeNumber('points', values.points, 1, 10_000) : undefined,
    target: values.target === undefined ? undefined : targetOf(values.target, values),
  };
}

function targetOf(url: string, values: Readonly<Record<string, unknown>>): RunningTarget {
  const required = (name: string): string => {
    const value = values[name];
    if (typeof value === 'string' && value !== '') return value;
    throw new CommandLineStop(usage, `--target needs --${name}.`);
  };
  return {
    url: originOf('target', url),
    simulatorUrl: originOf('simulator-url', required('simulator-url')),
    adminEmail: required('admin-email'),
    adminPassword: required('admin-password'),
    databaseUrls: new Map((values['audit-database'] as string[]).map(databaseOf)),
  };
}

function originOf(name: string, text: string): string {
  if (/^https?:/.test(text) && URL.canParse(text)) return new URL(text).origin;
  throw new CommandLineStop(
    usage,
    `--${name} must be an address such as http://127.0.0.1:3001, not "${text}".`,
  );
}

function databaseOf(text: string): [string, string] {
  const separator = text.indexOf('=');
  if (separator > 0) return [text.slice(0, separator), text.slice(separator + 1)];
  throw new CommandLineStop(usage, `--audit-database must be NAME=URL, not "${text}".`);
}

function wholeNumber(name: string, text: string, minimum: number, maximum: number): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isInteger(value) && value >= minimum && value <= maximum) return value;
  throw new CommandLineStop(
    usage,
    `--${name} must be a whole number from ${minimum} to ${maximum}, not "${text}".`,
  );
}
