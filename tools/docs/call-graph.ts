import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { RouteContract } from '@urr/contracts/route-contract.ts';
import { topology, type WorkloadName, workloadNames } from '@urr/contracts/topology.ts';

const repository = path.join(import.meta.dirname, '../..');

/** A name that a service's code takes from a contracts module. */
export interface ContractImport {
  readonly service: WorkloadName;
  readonly file: string;
  readonly module: string;
  /** `*` for a whole module. */
  readonly name: string;
}

/** Every module of the contracts with its route contracts, by exported name. */
export async function contractModules(): Promise<ReadonlyMap<string, ReadonlyMap<string, RouteContract>>> {
  const folder = path.join(repository, 'packages/contracts/src');
  const files = globSync('*.ts', { cwd: folder }).filter((file) => !file.endsWith('.test.ts'));
  return new Map(
    await Promise.all(
      files.map(async (file) => {
        const exported = (await import(path.join(folder, file))) as Record<string, unknown>;
        const contracts = Object.entries(exported).flatMap(([name, value]) =>
          isRouteContract(value) ? [[name, value] as const] : [],
        );
        return [file, new Map(contracts)] as const;
      }),
    ),
  );
}

function isRouteContract(value: unknown): value is RouteContract {
  return typeof value === 'object' && value !== null && 'refusals' in value && 'path' in value;
}

/** What the services' own code imports from the contracts; tests may stand in for anybody. */
export function contractImports(): ContractImport[] {
  return workloadNames.flatMap((service) => {
    const folder = path.join(repository, 'services', service.replace(/-service$/, ''), 'src');
    const files = globSync('**/*.ts', { cwd: folder }).filter((file) => !isForTests(file));
    return files.flatMap((file) => importsIn(service, file, readFileSync(path.join(folder, file), 'utf8')));
  });
}

// Fixtures and fakes play other services' parts.
function isForTests(file: string): boolean {
  return /\.(?:test|fixture)\.ts$|(?:^|\/)(?:guarantees|testing)\//.test(file);
}

/** The contract imports of one file; exported for its own test. */
export function importsIn(service: WorkloadName, file: string, source: string): ContractImport[] {
  const statements = source.matchAll(
    /import\s+(?:type\s+)?(\*\s+as\s+\w+|\{[^}]*\})\s+from\s+'@urr\/contracts\/([\w-]+\.ts)'/g,
  );
  return [...statements].flatMap(([, names = '', module = '']) => {
    if (names.startsWith('*')) return [{ service, file, module, name: '*' }];
    const list = names
      .slice(1, -1)
      .split(',')
      .map((name) => name.trim().split(/\s+as\s+/)[0] ?? '');
    return list
      .filter((name) => name !== '')
      .map((name) => ({ service, file, module, name: name.replace(/^type\s+/, '') }));
  });
}

/** The imports by which a service could call another service that it may not call. */
export function forbiddenCalls(
  imports: readonly ContractImport[],
  modules: ReadonlyMap<string, ReadonlyMap<string, RouteContract>>,
): string[] {
  return imports.flatMap(({ service, file, module, name }) => {
    const contracts = modules.get(module) ?? new Map<string, RouteContract>();
    const meant = name === '*' ? [...contracts.values()] : [contracts.get(name)];
    return meant
      .filter((contract) => contract !== undefined && !mayUse(service, contract))
      .map((contract) => `${service}/src/${file}: ${contract?.name} of ${contract?.service}`);
  });
}

function mayUse(service: WorkloadName, contract: RouteContract): boolean {
  if (contract.service === service) return true;
  const { calledBy } = topology[contract.service];
  return calledBy === 'anyone' || calledBy.includes(service);
}
