import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { EventState } from '@urr/contracts/catalog-shapes.ts';
import { listEvents } from '@urr/contracts/catalog.ts';
import { PaymentState } from '@urr/contracts/payment-shapes.ts';
import { listMyPayments } from '@urr/contracts/payment.ts';
import type { RouteContract } from '@urr/contracts/route-contract.ts';
import { allRoutes } from '@urr/contracts/routes.ts';
import { listMyTickets, TicketStateText } from '@urr/contracts/ticket-reads.ts';
import { listMyReservations, ReservationStateText } from '@urr/contracts/ticket.ts';
import { type DatabaseWatch, watchServer } from '../database-snapshot.ts';
import { comeToRest } from './at-rest.ts';
import { examine, ownRecords, type Platform, recordsOfRefusals, type Trial } from './examine.ts';
import { idPlaces } from './id-places.ts';
import { type Answer, refusalCode } from './judge.ts';
import { startStillPlatform } from './platform.ts';
import { refusedRequests } from './requests.ts';
import { sendTrial } from './send.ts';
import { everyState, mildestFirst } from './trials/every-state.ts';
import { otherPeoples } from './trials/other-peoples.ts';
import { callerOf, choiceOf } from './trials/own.ts';
import { unknownIds } from './trials/unknown-ids.ts';
import { wrongStates } from './trials/wrong-states.ts';
import { furnish } from './world/furnish.ts';
import type { Person, World } from './world/world.ts';

let started: Awaited<ReturnType<typeof startStillPlatform>>;
let watch: DatabaseWatch;
let world: World;
let platform: Platform;
const outcomes = new Map<string, Set<string>>();

before(async () => {
  started = await startStillPlatform();
  watch = await watchServer((database) => started.platform.databaseUrl(database));
  world = await furnish(started.platform, watch);
  platform = { send, snapshot: () => watch.snapshot(), comeToRest: () => comeToRest(watch) };
});
after(async () => {
  await watch.close();
  await started.discard();
});

async function send(trial: Trial): Promise<Answer> {
  const answer = await sendTrial(started.platform, world, trial);
  const { name } = trial.contract;
  outcomes.set(name, (outcomes.get(name) ?? new Set()).add(refusalCode(answer) ?? String(answer.status)));
  return answer;
}

async function assertFaultless(trials: readonly Trial[]): Promise<void> {
  assert.deepEqual((await examine(trials, platform)).slice(0, 10), []);
}

async function read(contract: RouteContract, caller: Person, query: string): Promise<string> {
  const request = { why: 'what there is', path: `${contract.path}${query}` };
  return (await send({ contract, request, caller, expected: 'answered' })).text;
}

test('there is something in every state the contracts name, but those that pass by themselves', async () => {
  const texts = await Promise.all([
    read(listMyReservations, 'fan', '?limit=100'),
    read(listMyTickets, 'fan', '?limit=100'),
    read(listMyPayments, 'fan', '?limit=100'),
    read(listEvents, 'organiser', '?limit=100&mine=true'),
  ]);
  const [reservations, tickets, payments, events] = texts.map(
    (text) => new Set([...text.matchAll(/"state":"(\w+)"/g)].map(([, state = '']) => state)),
  );
  const namesOf = (schema: unknown) => {
    const { enum: names, anyOf } = schema as { enum?: string[]; anyOf?: { const: string }[] };
    return names ?? anyOf?.map((one) => one.const) ?? [];
  };
  const passing = ['returning', 'checking', 'refunding'];
  const missing = (schema: unknown, seen = new Set<string>()) =>
    namesOf(schema).filter((name) => !seen.has(name) && !passing.includes(name));
  assert.deepEqual(missing(ReservationStateText, reservations), []);
  assert.deepEqual(missing(TicketStateText, tickets), []);
  assert.deepEqual(missing(PaymentState, payments), []);
  assert.deepEqual(missing(EventState, events), []);
});

test('what is left out of a comparison exists: every table is one of a database', async () => {
  const tables = await watch.snapshot();
  const databases = new Set([...tables.keys()].map((table) => table.split('.')[0]));
  assert.deepEqual(databases, new Set(['auth_db', 'catalog_db', 'payment_db', 'queue_db', 'ticket_db']));
  const named = [recordsOfRefusals, ownRecords];
  for (const table of named.flatMap((records) => Object.values(records).flat()))
    assert.ok(tables.has(table), table);
  for (const name of named.flatMap((records) => Object.keys(records)))
    assert.ok(
      allRoutes.some((route) => route.name === name),
      name,
    );
});

test('every id a route takes is of a kind that somebody has', () => {
  for (const contract of allRoutes)
    for (const { kind } of idPlaces(contract))
      assert.ok(choiceOf(world, 'own')(kind).length > 0, `${contract.name}: nobody has a ${kind}`);
});

for (const contract of allRoutes) {
  test(`${contract.name} refuses what its schemas refuse, and changes nothing`, async () => {
    const caller = callerOf(contract);
    const requests = refusedRequests(contract, choiceOf(world, 'own'));
    await assertFaultless(
      requests.map((request): Trial => ({ contract, request, caller, expected: 'refused' })),
    );
  });

  test(`${contract.name} refuses ids of nothing, and changes nothing`, () =>
    assertFaultless(unknownIds(world, contract)));

  test(`${contract.name} refuses what is others', tells nothing of it, and changes nothing`, () =>
    assertFaultless(otherPeoples(world, contract)));
}

test('what the state of a thing forbids is refused to its own owner too, by the refusal that says so', () =>
  assertFaultless(wrongStates(world)));

for (const contract of mildestFirst(allRoutes)) {
  test(`${contract.name} is carried out or refused in every state, and a refusal changes nothing`, () =>
    assertFaultless(everyState(world, contract)));
}

// Otherwise the bodies made up would be refused before anything is looked at, and nothing above would have been tried.
test('every route was asked something that its schemas take', () => {
  const beforeAnythingElse = ['invalid-input', 'malformed-request', 'unauthenticated', 'forbidden'];
  const shallow = allRoutes.filter(({ name }) =>
    [...(outcomes.get(name) ?? [])].every((outcome) => beforeAnythingElse.includes(outcome)),
  );
  assert.deepEqual(
    shallow.map(({ name }) => name),
    [],
  );
});
