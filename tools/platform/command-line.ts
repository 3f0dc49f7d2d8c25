import { parseArgs, type ParseArgsConfig } from 'node:util';

/** The end of a program before its work: the usage was asked for, or the command line has a fault. */
export class CommandLineStop extends Error {
  readonly exitCode: number;

  constructor(usage: string, fault?: string) {
    super(fault === undefined ? usage : `${fault}\n\n${usage}`);
    this.name = 'CommandLineStop';
    this.exitCode = fault === undefined ? 0 : 1;
  }
}

/** `parseArgs` for a program with a usage; throws `CommandLineStop` for `--help` and for whatever it does not know. */
export function readCommandLine<const Config extends ParseArgsConfig>(usage: string, config: Config) {
  const args = config.args ?? process.argv.slice(2);
  if (args.includes('--help') || args.includes('-h')) throw new CommandLineStop(usage);
  const taken = Object.keys(config.options ?? {}).find(isTakenByNpm);
  if (taken !== undefined)
    throw new CommandLineStop(usage, `npm took --${taken} for itself: options stand after "--".`);
  try {
    return parseArgs<Config>(config);
  } catch (cause) {
    const [fault = ''] = (cause instanceof Error ? cause.message : String(cause)).split(/\. |\n/);
    throw new CommandLineStop(usage, `${fault.replace(/\.$/, '')}.`);
  }
}

/** Options that npm has too: they may stand in somebody's .npmrc. */
const npmsOwn = new Set(['all', 'dry-run', 'email', 'json', 'only', 'url']);

// `npm start --reset` tells the program nothing but this; it would begin as if nothing had been asked of it.
function isTakenByNpm(option: string): boolean {
  if (npmsOwn.has(option)) return false;
  const value = process.env[`npm_config_${option.replaceAll('-', '_')}`];
  return value !== undefined && value !== '';
}

/** Prints why a program ended, without a stack, and returns its exit code: `failureCode` unless it never began. */
export function reportEnd(error: unknown, failureCode = 1): number {
  if (error instanceof CommandLineStop && error.exitCode === 0) console.log(error.message);
  else console.error(reasonOf(error));
  return error instanceof CommandLineStop ? error.exitCode : failureCode;
}

// undici says "fetch failed" and keeps the reason as the cause; several addresses fail together without a message.
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const message = error.message === '' ? String(Reflect.get(error, 'code') ?? error.name) : error.message;
  return error.message === 'fetch failed' ? `${message}: ${reasonOf(error.cause)}` : message;
}
