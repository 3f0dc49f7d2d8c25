import { type Static, type TObject, Type } from 'typebox';
import { Value } from 'typebox/value';
import { Secret } from './secret.ts';

/** Environment as a process gets it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** All faults of an environment at once. */
export class ConfigFault extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`The configuration is not valid:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.name = 'ConfigFault';
    this.faults = faults;
  }
}

/** A variable whose value is read as a `Secret`; `minLength` in characters. */
export function SecretVariable(options: { readonly minLength?: number; readonly description?: string } = {}) {
  return Type.Unsafe<Secret>(Type.String({ minLength: 1, ...options, 'x-secret': true }));
}

/** A base64 secret of at least `minBytes` decoded bytes. */
export function Base64SecretVariable(options: { readonly minBytes: number; readonly description?: string }) {
  const { minBytes, ...rest } = options;
  // Padding carries no bits.
  const pattern = `^[A-Za-z0-9+/_-]{${Math.ceil((minBytes * 4) / 3)},}={0,2}$`;
  return Type.Unsafe<Secret>(Type.String({ ...rest, pattern, 'x-secret': true }));
}

/** A `postgresql://` connection string; a secret, because it carries a password. */
export function DatabaseUrlVariable() {
  const description = 'Its own database, as `postgresql://`';
  return Type.Unsafe<Secret>(Type.String({ pattern: '^postgres(ql)?://', description, 'x-secret': true }));
}

/**
 * Reads and checks an environment against one schema; throws `ConfigFault` with every fault. `rule` adds faults of
 * variables taken together, and may meet values that have faults of their own. The result is frozen.
 */
export function readConfig<Schema extends TObject>(
  schema: Schema,
  environment: Environment,
  rule: (values: Readonly<Static<Schema>>) => readonly string[] = () => [],
): Readonly<Static<Schema>> {
  const given: Record<string, unknown> = {};
  for (const name of Object.keys(schema.properties)) {
    const value = environment[name];
    if (value !== undefined && value !== '') given[name] = value;
  }
  const values = Value.Convert(schema, Value.Default(schema, given)) as Record<string, unknown>;
  const faults = [...Value.Errors(schema, values)].map((error) => describe(error));
  faults.push(...rule(values as Static<Schema>));
  if (faults.length > 0) throw new ConfigFault([...new Set(faults)]);
  for (const [name, property] of Object.entries(schema.properties)) {
    if ('x-secret' in property && typeof values[name] === 'string') values[name] = new Secret(values[name]);
  }
  return Object.freeze(values) as Readonly<Static<Schema>>;
}

function describe(error: { instancePath: string; message: string; params: object }): string {
  const missing = 'requiredProperties' in error.params ? error.params.requiredProperties : undefined;
  if (Array.isArray(missing)) return `${missing.join(', ')} must be set`;
  return `${error.instancePath.slice(1)} ${error.message}`;
}
