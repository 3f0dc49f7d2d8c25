import { CommandLineStop, readCommandLine } from '../../tools/platform/command-line.ts';
import { type BenchKey, benchKeys, embeddedKeys } from './lines.ts';

/** What a bench is told. */
export interface BenchOptions {
  readonly keys: readonly BenchKey[];
  /** Measured rounds of each line; a warm-up round comes on top. */
  readonly rounds: number;
  readonly isJson: boolean;
  /** Folder that the measured servers write CPU profiles to; profiling slows them. */
  readonly profileDirectory: string | undefined;
}

const usage = `Usage: npm run bench -- [--cluster] [--only key,…] [--rounds 5] [--json] [--profile folder]
  --cluster   also the lines of the scale-out profile, which need npm run engines
Keys: ${benchKeys.join(', ')}`;

/** Reads the command line; throws with the usage. */
export function parseOptions(args: readonly string[]): BenchOptions {
  const { values } = readCommandLine(usage, {
    args: [...args],
    options: {
      only: { type: 'string' },
      cluster: { type: 'boolean', default: false },
      rounds: { type: 'string', default: '5' },
      json: { type: 'boolean', default: false },
      profile: { type: 'string' },
    },
  });
  return {
    keys: values.only === undefined ? (values.cluster ? benchKeys : embeddedKeys) : keysOf(values.only),
    rounds: roundsOf(values.rounds),
    isJson: values.json,
    profileDirectory: values.profile,
  };
}

function keysOf(text: string): BenchKey[] {
  const asked = new Set(text.split(',').map((name) => name.trim()));
  const unknown = [...asked].filter((name) => !benchKeys.some((key) => key === name));
  if (unknown.length > 0) throw new CommandLineStop(usage, `There is no line "${unknown.join(', ')}".`);
  return benchKeys.filter((key) => asked.has(key));
}

function roundsOf(text: string): number {
  const rounds = Number(text);
  if (Number.isInteger(rounds) && rounds >= 1 && rounds <= 100) return rounds;
  throw new CommandLineStop(usage, `--rounds must be a whole number from 1 to 100, not "${text}".`);
}
