import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { toKst } from './clock.ts';
import type { Ledger } from './ledger.ts';
import { renderDelivery } from './webhook-events.ts';
import { type Pending, resultOf } from './webhook-queue.ts';

const maxInFlight = 16;
const answerTimeoutMs = 10_000;
const longestNapMs = 250;
const closeGraceMs = 2000;

export type WebhookSender = {
  /** Sends what is due and wakes itself for what is not. */
  pump(): void;
  pause(paused: boolean): void;
  isPaused(): boolean;
  close(): Promise<void>;
};

type WebhookSenderOptions = {
  ledger: Ledger;
  scale: number;
  publicUrl: string;
  onError: (error: unknown) => void;
};

type Post = { url: string; agent: Agent; transmissionTime: string };

export function createWebhookSender(options: WebhookSenderOptions): WebhookSender {
  const { ledger } = options;
  const agent = new Agent({
    connections: maxInFlight,
    headersTimeout: answerTimeoutMs,
    bodyTimeout: answerTimeoutMs,
    connect: { timeout: answerTimeoutMs },
  });
  const jobs = new Set<Promise<void>>();
  let paused = false;
  let closed = false;
  let nap: NodeJS.Timeout | undefined;

  function pump(): void {
    const url = ledger.webhookUrl();
    while (!paused && !closed && url !== null && jobs.size < maxInFlight) {
      const pending = ledger.webhooks.takeDue(ledger.clock.now());
      if (pending === undefined) break;
      const transmissionTime = toKst(ledger.clock.now());
      start(attempt(options, pending, { url, agent, transmissionTime }));
    }
    napUntilDue();
  }

  function start(work: Promise<void>): void {
    const job = work.catch(options.onError).finally(() => {
      jobs.delete(job);
      pump();
    });
    jobs.add(job);
  }

  function napUntilDue(): void {
    clearTimeout(nap);
    const dueAt = ledger.webhooks.nextDueAt();
    if (dueAt === undefined || paused || closed || jobs.size >= maxInFlight) return;
    const waitMs = Math.min(Math.max(dueAt - ledger.clock.now(), 1), longestNapMs);
    nap = setTimeout(pump, waitMs).unref();
  }

  return {
    pump,
    pause(next) {
      paused = next;
      pump();
    },
    isPaused: () => paused,
    async close() {
      closed = true;
      clearTimeout(nap);
      await Promise.race([Promise.all(jobs), sleep(closeGraceMs, undefined, { ref: false })]);
      await agent.destroy();
      await Promise.all(jobs);
    },
  };
}

async function attempt(options: WebhookSenderOptions, pending: Pending, post: Post): Promise<void> {
  const { ledger } = options;
  const commit = await ledger.commitAt(pending.offset);
  const delivery = commit.deliveries?.find((candidate) => candidate.id === pending.id);
  if (delivery === undefined || commit.payment === undefined) {
    throw new Error(`The journal at byte ${pending.offset} holds no delivery ${pending.id}`);
  }
  const body = renderDelivery(delivery, commit.payment, options.publicUrl);
  const copies = Array.from({ length: delivery.copies }, () => send(post, pending, body));
  const answers = await Promise.all(copies);
  ledger.settle(resultOf(pending, answers[0] ?? 'none', ledger.clock.now(), options.scale));
}

/** The status the shop answered with, or the code of what went wrong. */
async function send(post: Post, pending: Pending, body: string): Promise<string> {
  try {
    const response = await request(post.url, {
      method: 'POST',
      dispatcher: post.agent,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'tosspayments-webhook-transmission-time': post.transmissionTime,
        'tosspayments-webhook-transmission-retried-count': String(pending.attempts),
        'tosspayments-webhook-transmission-id': pending.id,
      },
      body,
    });
    await response.body.dump();
    return String(response.statusCode);
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'ERROR';
  }
}
