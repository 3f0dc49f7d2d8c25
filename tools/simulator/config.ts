import { type KeyPair, keyPairOf } from './key-pairs.ts';

export type SimulatorConfig = {
  host: string;
  port: number;
  /** The folder of the journal. */
  stateDir: string;
  keyPairs: readonly KeyPair[];
  webhookUrl: string | null;
  /** Multiplies the waits of the retry ladder; 1 is the provider's own, 3 days 19 hours in all. */
  webhookScale: number;
  /** How long a `slow` fault waits unless it says otherwise. */
  slowMs: number;
  /** Beyond this, opening another payment is refused: memory stays bounded. */
  maxPayments: number;
  /** Where browsers reach this program, no slash at the end. */
  publicUrl: string;
  logLevel: string;
};

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

/** Reads the environment once. Throws one error which names every fault. */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): SimulatorConfig {
  const faults: string[] = [];
  const numberOf = (name: string, fallback: number, minimum: number, maximum: number): number => {
    const value = env[name] === undefined || env[name] === '' ? fallback : Number(env[name]);
    if (!(value >= minimum && value <= maximum))
      faults.push(`${name}: a number from ${minimum} to ${maximum}`);
    return value;
  };
  const urlOf = (name: string): string | null => {
    const value = env[name] ?? '';
    if (value === '') return null;
    if (!/^https?:\/\//.test(value) || !URL.canParse(value)) faults.push(`${name}: an http(s) address`);
    return value.replace(/\/+$/, '');
  };
  const host = env['HOST'] || '127.0.0.1';
  const port = numberOf('PORT', 3010, 0, 65535);
  const config: SimulatorConfig = {
    host,
    port,
    stateDir: env['SIMULATOR_STATE_DIR'] || '.urr/simulator',
    keyPairs: keyPairsOf(env, faults),
    webhookUrl: urlOf('SIMULATOR_WEBHOOK_URL'),
    webhookScale: numberOf('SIMULATOR_WEBHOOK_SCALE', 1, 0, 10),
    slowMs: numberOf('SIMULATOR_SLOW_MS', 59_000, 0, 600_000),
    maxPayments: numberOf('SIMULATOR_MAX_PAYMENTS', 200_000, 1, 10_000_000),
    publicUrl: urlOf('SIMULATOR_PUBLIC_URL') ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    logLevel: env['LOG_LEVEL'] || 'info',
  };
  if (!logLevels.includes(config.logLevel)) faults.push(`LOG_LEVEL: one of ${logLevels.join(', ')}`);
  if (faults.length > 0)
    throw new Error(`The simulator's configuration has faults:\n  ${faults.join('\n  ')}`);
  return Object.freeze(config);
}

// Both variables may list several keys, separated by commas and paired by their place.
function keyPairsOf(env: NodeJS.ProcessEnv, faults: string[]): KeyPair[] {
  const clientKeys = listOf(env['SIMULATOR_CLIENT_KEY']);
  const secretKeys = listOf(env['SIMULATOR_SECRET_KEY']);
  if (clientKeys.length === 0) faults.push('SIMULATOR_CLIENT_KEY: required');
  if (secretKeys.length === 0) faults.push('SIMULATOR_SECRET_KEY: required');
  if (clientKeys.length === 0 || secretKeys.length === 0) return [];
  if (clientKeys.length !== secretKeys.length) {
    faults.push('SIMULATOR_CLIENT_KEY, SIMULATOR_SECRET_KEY: lists of the same length');
    return [];
  }
  if (new Set([...clientKeys, ...secretKeys]).size !== clientKeys.length * 2) {
    faults.push('SIMULATOR_CLIENT_KEY, SIMULATOR_SECRET_KEY: a key is listed twice');
  }
  return clientKeys.flatMap((clientKey, index) => {
    const pair = keyPairOf(clientKey, secretKeys[index] ?? '');
    if (typeof pair !== 'string') return [pair];
    faults.push(`SIMULATOR_CLIENT_KEY, SIMULATOR_SECRET_KEY: ${pair} (pair ${index + 1})`);
    return [];
  });
}

function listOf(value: string | undefined): string[] {
  return (value ?? '')
    .split(',')
    .map((key) => key.trim())
    .filter((key) => key !== '');
}
