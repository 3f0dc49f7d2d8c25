import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { domainEvents } from '@urr/contracts/domain-events.ts';
import { allRoutes } from '@urr/contracts/routes.ts';
import { topology, type WorkloadName, workloadNames } from '@urr/contracts/topology.ts';
import { readPicture } from './architecture-picture.ts';
import { contractImports, contractModules, forbiddenCalls, importsIn } from './call-graph.ts';
import { serviceSchemas } from './service-schemas.ts';

const document = await readFile(new URL('../../docs/architecture.md', import.meta.url), 'utf8');
const picture = readPicture(document);
const isWorkload = (name: string): name is WorkloadName => name in topology;

function edgesOfTopology(): string[] {
  return Object.entries(topology)
    .flatMap(([name, { calledBy }]) =>
      calledBy === 'anyone' ? [] : calledBy.map((caller) => `${caller} → ${name}`),
    )
    .sort();
}

const edgesOf = (edges: readonly { from: string; to: string }[]) =>
  edges.map(({ from, to }) => `${from} → ${to}`).sort();

test('the picture has exactly the calls of the topology, and the outside world where anyone may call', () => {
  const between = picture.calls.filter(
    ({ from, to }) => isWorkload(from) && isWorkload(to) && topology[to].calledBy !== 'anyone',
  );
  assert.deepEqual(edgesOf(between), edgesOfTopology());
  const fromOutside = picture.calls.filter(({ from }) => !isWorkload(from)).map(({ to }) => to);
  assert.deepEqual(
    fromOutside,
    workloadNames.filter((name) => topology[name].calledBy === 'anyone'),
  );
});

test('an arrow too many or too few would be seen', () => {
  const more = readPicture(
    document.replace('  catalog --> auth\n', '  catalog --> auth\n  queue --> ticket\n'),
  );
  assert.notDeepEqual(edgesOf(more.calls), edgesOf(picture.calls));
  assert.ok(edgesOf(more.calls).includes('queue-service → ticket-service'));
  assert.throws(
    () => readPicture(document.replace('catalog --> auth', 'catalog ==> auth')),
    /Not understood/,
  );
});

test('the picture has the ports and databases of the topology', () => {
  const ports = Object.fromEntries(workloadNames.map((name) => [name, topology[name].port]));
  assert.deepEqual(Object.fromEntries(picture.ports), ports);
  const stores = workloadNames.flatMap((name) => {
    const { database } = topology[name];
    return database === null ? [] : [{ from: name, to: database }];
  });
  assert.deepEqual(edgesOf(picture.stores), edgesOf(stores));
});

test('the picture names topics that domain events travel on', () => {
  const topics = new Set(domainEvents.map(({ topic }) => topic));
  assert.deepEqual(new Set(picture.events.map(({ topic }) => topic)), topics);
  for (const { from, to } of picture.events) assert.ok(isWorkload(from) && isWorkload(to));
});

test('a service asks only for the addresses of services it may call', () => {
  for (const service of workloadNames) {
    const asked = workloadNames.filter(
      (name) => topology[name].urlVariable in serviceSchemas[service].properties,
    );
    const allowed = workloadNames.filter((name) => {
      const { calledBy } = topology[name];
      return calledBy === 'anyone' || calledBy.includes(service);
    });
    assert.deepEqual(
      asked.filter((name) => !allowed.includes(name)),
      [],
      service,
    );
  }
});

test('the gateway asks for the address of every service with a public route', () => {
  for (const { service, access } of allRoutes)
    if (access !== 'internal')
      assert.ok(topology[service].urlVariable in serviceSchemas['gateway-service'].properties, service);
});

test('every contract belongs to a workload, and a public one is among the routes', async () => {
  const known = new Set(allRoutes);
  for (const contracts of (await contractModules()).values()) {
    for (const contract of contracts.values()) {
      assert.ok(isWorkload(contract.service), contract.name);
      assert.ok(known.has(contract), `${contract.name} is missing in routes.ts`);
    }
  }
});

test('no service uses a contract of a service that it may not call', async () => {
  const modules = await contractModules();
  const imports = contractImports();
  const internal = imports.filter(
    ({ module, name }) => modules.get(module)?.get(name)?.access === 'internal',
  );
  assert.ok(internal.length >= 10, 'the search finds the calls there are');
  assert.deepEqual(forbiddenCalls(imports, modules), []);
});

test('a forbidden call would be found, however it is imported', async () => {
  const modules = await contractModules();
  const sources = [
    "import { readStock } from '@urr/contracts/ticket-internal.ts';",
    "import {\n  type Inventory,\n  readStock as stock,\n} from '@urr/contracts/ticket-internal.ts';",
    "import * as ticket from '@urr/contracts/ticket-internal.ts';",
  ];
  for (const source of sources) {
    const found = forbiddenCalls(importsIn('queue-service', 'x.ts', source), modules);
    assert.ok(found.includes('queue-service/src/x.ts: readStock of ticket-service'), source);
    assert.deepEqual(forbiddenCalls(importsIn('catalog-service', 'x.ts', source), modules), []);
  }
});
