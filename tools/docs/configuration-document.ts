import { topology, type WorkloadName, workloadNames } from '@urr/contracts/topology.ts';
import type { TObject, TSchema } from 'typebox';
import { serviceSchemas } from './service-schemas.ts';

interface Variable {
  readonly name: string;
  readonly services: readonly WorkloadName[];
  readonly type: string;
  readonly fallback: string;
  readonly isSecret: boolean;
  readonly meaning: string;
}

/** `docs/configuration.md`, made from the configuration schemas of the services. */
export function configurationDocument(): string {
  const shared = variables().filter(({ services }) => services.length === workloadNames.length);
  const sections = workloadNames.map((service) => {
    const own = variables().filter(
      (variable) => variable.services.includes(service) && variable.services.length < workloadNames.length,
    );
    return ['', `## ${service}`, '', ...tableOf(own)];
  });
  return [
    '# Configuration',
    '',
    'Every variable a service reads, at its start alone. A service that finds some missing or wrong prints all faults',
    'at once and does not start. `npm start` sets what has no default. Made by `npm run docs` from `services/*/src/config.ts`;',
    'a test keeps it true.',
    '',
    '## Every service',
    '',
    ...tableOf(shared),
    ...sections.flat(),
    '',
  ].join('\n');
}

/** Every variable of every service; one whose schemas differ, as `PORT` does, stands once for each. */
function variables(): Variable[] {
  const found = new Map<string, Variable>();
  for (const service of workloadNames) {
    const schema = serviceSchemas[service];
    for (const [name, property] of Object.entries(schema.properties)) {
      const key = `${name} ${JSON.stringify(property)}`;
      const known = found.get(key);
      if (known === undefined) found.set(key, variableOf(service, name, schema));
      else found.set(key, { ...known, services: [...known.services, service] });
    }
  }
  return [...found.values()];
}

function variableOf(service: WorkloadName, name: string, schema: TObject): Variable {
  const property: TSchema = schema.properties[name] ?? {};
  const isRequired = schema.required?.includes(name) === true;
  return {
    name,
    services: [service],
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
  const bounds =
    least === undefined ? '' : most === undefined ? ` from ${least}` : ` ${least} to ${most}`;
  return `${read<string>(property, 'type')}${bounds}`;
}

function fallbackOf(property: TSchema, isRequired: boolean): string {
  const value = read<unknown>(property, 'default');
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
