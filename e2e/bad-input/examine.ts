import type { RouteContract } from '@urr/contracts/route-contract.ts';
import { changedTables, type DatabaseSnapshot } from '../database-snapshot.ts';
import type { TriedRequest } from './good-requests.ts';
import { type Answer, type Expectation, faultOf, refusalCode } from './judge.ts';
import type { Caller } from './world/world.ts';

/** One request, who sends it, and what may come of it. */
export interface Trial {
  readonly contract: RouteContract;
  readonly request: TriedRequest;
  readonly caller: Caller;
  readonly expected: Expectation;
  /** Words the caller may not read, but those of the request itself. */
  readonly privateWords?: readonly string[];
}

/** What a trial is carried out on. */
export interface Platform {
  send(trial: Trial): Promise<Answer>;
  snapshot(): Promise<DatabaseSnapshot>;
  /** Resolves once nothing is under way that an earlier request set off. */
  comeToRest(): Promise<void>;
}

// Refusals that are the outcome of something done: the provider was asked for the money.
const outcomes = new Set(['payment-declined']);

/** What a route records of what it refuses, by design: `database.table`s that may change nevertheless. */
export const recordsOfRefusals: Readonly<Record<string, readonly string[]>> = {
  // Guesses are counted.
  logIn: ['auth_db.sign_in_failures'],
  changePassword: ['auth_db.sign_in_failures'],
  // The wish is on disk before ticket-service is asked; refused, it stays as a record of it.
  requestRefund: ['payment_db.refunds', 'payment_db.audit_log'],
};

/** Changes that are a record by themselves, where others leave an audit row: docs/decisions/0009-records-of-changes.md. */
export const ownRecords: Readonly<Record<string, readonly string[]>> = {
  register: ['auth_db.accounts'],
  logIn: ['auth_db.sessions'],
  signInWithGoogle: ['auth_db.sessions'],
  refresh: ['auth_db.refresh_tokens'],
  logOut: ['auth_db.sessions'],
  endSession: ['auth_db.sessions'],
  askPasswordReset: ['auth_db.mails'],
  joinLine: ['queue_db.places'],
  enterSale: ['queue_db.slots'],
  leaveLine: ['queue_db.places', 'queue_db.slots'],
  reserveSeats: ['ticket_db.reservations'],
  reserveBestAvailable: ['ticket_db.reservations'],
  reservePlaces: ['ticket_db.reservations'],
  pinReservation: ['ticket_db.reservations'],
  confirmReservation: ['ticket_db.fulfilments'],
  startPayment: ['payment_db.payment_attempts'],
  receiveTossWebhook: ['payment_db.webhook_deliveries'],
};

const atOnce = 4;

/**
 * Sends every trial's request and answers what is wrong, in words. What must be refused, or only reads, is compared as a
 * whole: no row may be another one afterwards. What may succeed is compared one by one: a refusal changes nothing, and a
 * change leaves its record.
 */
export async function examine(trials: readonly Trial[], platform: Platform): Promise<string[]> {
  const mayChange = (trial: Trial) => trial.expected === 'answered' && trial.contract.method !== 'GET';
  return [
    ...(await examineStill(
      trials.filter((trial) => !mayChange(trial)),
      platform,
    )),
    ...(await examineEach(trials.filter(mayChange), platform)),
  ];
}

async function examineStill(trials: readonly Trial[], platform: Platform): Promise<string[]> {
  if (trials.length === 0) return [];
  const before = await platform.snapshot();
  const faults = await judgeAll(trials, platform);
  const names = [...new Set(trials.map(({ contract }) => contract.name))];
  const changed = changedBy(names, before, await platform.snapshot());
  if (changed.length === 0) return faults;
  return [...faults, `${names.join()}: one of ${trials.length} requests changed ${changed.join()}`];
}

async function judgeAll(trials: readonly Trial[], platform: Platform): Promise<string[]> {
  const left = [...trials];
  const faults: string[] = [];
  const work = async () => {
    for (let trial = left.shift(); trial !== undefined; trial = left.shift())
      faults.push(...judge(trial, await platform.send(trial)));
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return faults;
}

async function examineEach(trials: readonly Trial[], platform: Platform): Promise<string[]> {
  const faults: string[] = [];
  let before = await platform.snapshot();
  for (const trial of trials) {
    const answer = await platform.send(trial);
    faults.push(...judge(trial, answer));
    let after = await platform.snapshot();
    const changed = changedBy([trial.contract.name], before, after);
    const isDone = answer.status < 400 || outcomes.has(refusalCode(answer) ?? '');
    if (changed.length > 0 && !isDone) faults.push(`${told(trial, answer)}: changed ${changed.join()}`);
    if (isDone && !isRecorded(trial.contract.name, changed))
      faults.push(`${told(trial, answer)}: changed ${changed.join()} and left no record`);
    if (changed.length > 0) {
      await platform.comeToRest();
      after = await platform.snapshot();
    }
    before = after;
  }
  return faults;
}

function isRecorded(name: string, changed: readonly string[]): boolean {
  const records = ownRecords[name] ?? [];
  return (
    changed.length === 0 || changed.some((table) => table.endsWith('.audit_log') || records.includes(table))
  );
}

function changedBy(names: readonly string[], before: DatabaseSnapshot, after: DatabaseSnapshot): string[] {
  const recorded = names.flatMap((name) => recordsOfRefusals[name] ?? []);
  return changedTables(before, after).filter((table) => !recorded.includes(table));
}

function judge(trial: Trial, answer: Answer): string[] {
  const { contract, request, expected, privateWords = [] } = trial;
  const asked = `${request.path} ${JSON.stringify(request.body)}`;
  const forbidden = privateWords.filter((word) => !asked.includes(word));
  const fault = faultOf(contract, answer, expected, forbidden);
  return fault === undefined ? [] : [`${told(trial, answer)}: ${fault}`];
}

function told({ contract, request, caller }: Trial, answer: Answer): string {
  const body = request.body === undefined ? '' : ` ${JSON.stringify(request.body).slice(0, 200)}`;
  const asked = `${contract.method} ${request.path.slice(0, 160)}${body}`;
  return `${contract.name} (${request.why}) by ${caller}: ${asked} → ${answer.status} ${answer.text.slice(0, 200)}`;
}
