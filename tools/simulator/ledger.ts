import { type Answers, createAnswers } from './idempotency.ts';
import { type Book, createBook } from './book.ts';
import { type Clock, createClock } from './clock.ts';
import { createDueQueue, type DueQueue } from './due-queue.ts';
import type { Faults } from './faults.ts';
import { type Journal, openJournal } from './journal.ts';
import { type Change, deadlineOf, expire, type Movement, type Payment } from './payment.ts';
import { type Delivery, deliveriesAfter } from './webhook-events.ts';
import { type AttemptResult, createWebhookQueue, type WebhookQueue } from './webhook-queue.ts';

/** The first answer to an idempotent request; without a body it is the payment as it stood at the commit. */
export type StoredAnswer = { identity: string; status: number; body?: string };

/** One line of the journal. All its parts happened together, or, on a torn line, not at all. */
type Commit = {
  at: number;
  payment?: Payment;
  movement?: Movement;
  deliveries?: Delivery[];
  answer?: StoredAnswer;
  attempt?: AttemptResult;
  clockOffsetMs?: number;
  webhookUrl?: string | null;
};

export type Ledger = {
  clock: Clock;
  book: Book;
  answers: Answers;
  webhooks: WebhookQueue;
  webhookUrl(): string | null;
  /** Writes a change with what follows from it, and says when it happened. Its effects are visible at once: answer only after `durable`. */
  record: (entry: { change?: Change | undefined; answer?: StoredAnswer | undefined }) => number;
  settle(result: AttemptResult): void;
  advanceClock(ms: number): void;
  setWebhookUrl(url: string | null): void;
  expireDue: () => void;
  durable(): Promise<void>;
  commitAt(offset: number): Promise<Commit>;
  failure(): Error | undefined;
  close(): Promise<void>;
};

type LedgerOptions = {
  folder: string;
  webhookUrl: string | null;
  faults: Faults;
  onFailure: (error: Error) => void;
};

type State = {
  clock: Clock;
  book: Book;
  answers: Answers;
  webhooks: WebhookQueue;
  deadlines: DueQueue<string>;
  webhookUrl: string | null;
};

export async function openLedger(options: LedgerOptions): Promise<Ledger> {
  const state: State = {
    clock: createClock(),
    book: createBook(),
    answers: createAnswers(),
    webhooks: createWebhookQueue(),
    deadlines: createDueQueue<string>(),
    webhookUrl: null,
  };
  const journal = await openJournal({
    folder: options.folder,
    onLine: (line, offset) => applyLine(state, line, offset),
    onFailure: options.onFailure,
  });
  state.webhookUrl = options.webhookUrl ?? state.webhookUrl;
  return createLedger(state, journal, options.faults);
}

function applyLine(state: State, line: string, offset: number): void {
  try {
    const commit = parseCommit(line);
    apply(state, commit, offset);
    state.clock.restore(commit.at, commit.clockOffsetMs);
  } catch (cause) {
    throw new Error(`The journal is damaged at byte ${offset}`, { cause });
  }
}

// The journal holds only what `append` wrote: JSON.parse is its whole validation.
function parseCommit(line: string): Commit {
  return JSON.parse(line);
}

function apply(state: State, commit: Commit, offset: number): void {
  if (commit.payment !== undefined) {
    state.book.put(commit.payment);
    const deadline = deadlineOf(commit.payment);
    if (deadline !== undefined) state.deadlines.push(deadline, commit.payment.paymentKey);
  }
  if (commit.movement !== undefined) state.book.addMovement(commit.movement);
  for (const delivery of commit.deliveries ?? []) state.webhooks.enqueue(delivery, offset);
  if (commit.answer !== undefined) state.answers.remember(commit.answer.identity, commit.at, offset);
  if (commit.attempt !== undefined) state.webhooks.settle(commit.attempt);
  if (commit.webhookUrl !== undefined) state.webhookUrl = commit.webhookUrl;
}

function createLedger(state: State, journal: Journal, faults: Faults): Ledger {
  const { clock, book, answers, webhooks } = state;
  function write(parts: Omit<Commit, 'at'>): number {
    const commit: Commit = { at: clock.now(), ...parts };
    apply(state, commit, journal.append(JSON.stringify(commit)));
    return commit.at;
  }
  function record({ change, answer }: Parameters<Ledger['record']>[0]): number {
    if (change === undefined) return write({ ...(answer && { answer }) });
    const { payment, movement } = change;
    const deliveries = state.webhookUrl === null ? [] : deliveriesAfter(change, faults, clock.now());
    return write({
      payment,
      ...(movement && { movement }),
      ...(deliveries.length > 0 && { deliveries }),
      ...(answer && { answer }),
    });
  }
  return {
    clock,
    book,
    answers,
    webhooks,
    webhookUrl: () => state.webhookUrl,
    record,
    settle: (attempt) => void write({ attempt }),
    advanceClock(ms) {
      clock.advance(ms);
      write({ clockOffsetMs: clock.offsetMs() });
    },
    setWebhookUrl: (webhookUrl) => void write({ webhookUrl }),
    expireDue: () => expireDue(state, record),
    durable: journal.durable,
    commitAt: async (offset) => parseCommit(await journal.read(offset)),
    failure: journal.failure,
    close: journal.close,
  };
}

function expireDue(state: State, record: Ledger['record']): void {
  const now = state.clock.now();
  for (let key = state.deadlines.takeDue(now); key !== undefined; key = state.deadlines.takeDue(now)) {
    const payment = state.book.payment(key);
    // The payment may have moved on since: only its present deadline counts.
    const deadline = payment === undefined ? undefined : deadlineOf(payment);
    if (payment !== undefined && deadline !== undefined && deadline <= now)
      record({ change: expire(payment) });
  }
}
