import { topology, type WorkloadName, workloadNames } from '@urr/contracts/topology.ts';
import type { TObject, TSchema } from 'typebox';
import { serviceSchemas } from './service-schemas.ts';

interface Variable {
  readonly name: string;
  readonly type: string;
  readonly fallback: string;
  readonly isSecret: boolean;
  readonly meaning: string;
}

/** `docs/configuration.md`, made from the configuration schemas of the services. */
export function configurationDocument(): string {
  const services = workloadNames.filter((name) => name !== 'frontend');
  const everywhere = variablesOf('gateway-service').filter((variable) =>
    services.every((service) => variablesOf(service).some((other) => isSame(variable, other))),
  );
  const sections = workloadNames.map((service) => {
    const own = variablesOf(service).filter(
      (variable) => service === 'frontend' || !everywhere.some((shared) => isSame(variable, shared)),
    );
    return ['', `## ${service}`, '', ...tableOf(own)];
  });
  return [
    '# Configuration',
    '',
    'Every variable a service reads, at its start alone. A service that finds some missing or wrong prints all faults',
    'at once and does not start. `npm start` sets what has no default. Made by `npm run docs` from `services/*/src/config.ts` and `apps/web/server/config.ts`;',
    'a test keeps it true.',
    '',
    '## Every service',
    '',
    ...tableOf(everywhere),
    ...sections.flat(),
    '',
  ].join('\n');
}

function isSame(one: Variable, other: Variable): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function variablesOf(service: WorkloadName): Variable[] {
  const schema = serviceSchemas[service];
  return Object.keys(schema.properties).map((name) => variableOf(name, schema));
}

function variableOf(name: string, schema: TObject): Variable {
  const property: TSchema = schema.properties[name] ?? {};
  const isRequired = schema.required?.includes(name) === true;
  return {
    name,
    type: typeOf(property),
    fallback: fallbackOf(property, isRequired),
    isSecret: 'x-secret' in property,
    meaning: meaningOf(name, property),
  };
}

function typeOf(property: TSchema): string {
  const options = read<readonly { const: unknown }[]>(property, 'anyOf');
  if (options !== undefined) return options.map((option) => String(option.const)).join(', ');
  const [least, most] = [read<number>(property, 'minimum'), read<number>(property, 'maximum')];
  const bounds = least === undefined ? '' : most === undefined ? ` from ${least}` : ` ${least} to ${most}`;
  return `${read<string>(property, 'type')}${bounds}`;
}

function fallbackOf(property: TSchema, isRequired: boolean): string {
  const value = read<string | number | boolean>(property, 'default');
  if (value !== undefined) return value === '' ? 'empty' : `\`${String(value)}\``;
  return isRequired ? '**required**' : 'unset';
}

function meaningOf(name: string, property: TSchema): string {
  const called = Object.entries(topology).find(([, workload]) => workload.urlVariable === name)?.[0];
  if (called !== undefined) return `Origin of ${called}`;
  return read<string>(property, 'description') ?? '';
}

function read<Value>(schema: TSchema, keyword: string): Value | undefined {
  return Reflect.get(schema, keyword) as Value | undefined;
}

function tableOf(rows: readonly Variable[]): string[] {
  const lines = rows.map(
    ({ name, type, fallback, isSecret, meaning }) =>
      `| \`${name}\` | ${type} | ${fallback} | ${isSecret ? 'secret' : ''} | ${meaning} |`,
  );
  return ['| name | type | default | | meaning |', '| --- | --- | --- | --- | --- |', ...lines];
}
