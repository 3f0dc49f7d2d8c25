import { type Connection, openConnection } from './connection.ts';
import { prepareRequests } from './prepare-requests.ts';
import type { LoadJob, Volley } from './volley.ts';

/** Longest time without any answer. Milliseconds. */
const silenceMs = 10_000;
/** Least part of the time asked for that must have been counted. */
const leastShare = 0.25;

/** Prepares a job's requests, fires them and counts. Rejects on an unexpected status, a lost connection or silence. */
export async function fire(job: LoadJob): Promise<Volley> {
  const requests = prepareRequests(job.plan);
  return new Promise((resolve, reject) => {
    const counting = createCounter(job);
    let nextIndex = 0;
    let underWay = 0;
    let lastAnswerAt = performance.now();
    const connections: Connection[] = [];
    const finish = (act: () => void) => {
      clearInterval(watch);
      for (const connection of connections) connection.close();
      act();
    };
    const fail = (error: Error) => finish(() => reject(error));
    const watch = setInterval(() => {
      if (performance.now() - lastAnswerAt > silenceMs)
        fail(new Error(`No answer came for ${silenceMs / 1000} s`));
    }, 1_000);
    const sendNext = (connection: Connection, now: number) => {
      if (job.plan.isOnce && nextIndex >= requests.length) counting.end(now);
      if (counting.isOver(now)) return settle();
      const request = requests[nextIndex++ % requests.length];
      if (request === undefined) return fail(new Error('There is no request to send'));
      underWay += 1;
      connection.send(request);
    };
    const settle = () => {
      if (underWay > 0) return;
      const volley = counting.volley();
      finish(() => (volley instanceof Error ? reject(volley) : resolve(volley)));
    };
    const open = async () => {
      const connection = await openConnection(job.port, {
        failed: fail,
        answered: (status, answer) => {
          underWay -= 1;
          if (status !== job.expectedStatus) return fail(unexpected(status, job.expectedStatus, answer));
          lastAnswerAt = performance.now();
          counting.count(lastAnswerAt, answer.length);
          sendNext(connection, lastAnswerAt);
        },
      });
      connections.push(connection);
    };
    Promise.all(Array.from({ length: job.connections }, open)).then(() => {
      lastAnswerAt = performance.now();
      counting.begin(lastAnswerAt);
      for (const connection of connections) sendNext(connection, lastAnswerAt);
    }, fail);
  });
}

function unexpected(status: number, expected: number, answer: Buffer): Error {
  const body = answer.toString('utf8', answer.indexOf('\r\n\r\n') + 4, answer.length);
  return new Error(`Answered ${status} instead of ${expected}: ${body.slice(0, 500)}`);
}

interface Counter {
  begin(now: number): void;
  /** Ends counting early: the requests are used up. */
  end(now: number): void;
  isOver(now: number): boolean;
  count(now: number, bytes: number): void;
  volley(): Volley | Error;
}

function createCounter({ rampMs, durationMs }: LoadJob): Counter {
  let from = 0;
  let until = 0;
  let answers = 0;
  let answersInAll = 0;
  let bytes = 0;
  let usageFrom: NodeJS.CpuUsage | undefined;
  let usage: NodeJS.CpuUsage | undefined;
  const close = () => void (usage ??= process.cpuUsage(usageFrom));
  return {
    begin: (now) => {
      from = now + rampMs;
      until = from + durationMs;
    },
    end: (now) => void (until = Math.min(until, now)),
    isOver: (now) => now >= until,
    count: (now, size) => {
      answersInAll += 1;
      if (now < from) return;
      usageFrom ??= process.cpuUsage();
      if (now > until) return close();
      answers += 1;
      bytes += size;
    },
    volley: () => {
      close();
      const milliseconds = until - from;
      if (milliseconds < durationMs * leastShare || answers === 0 || usage === undefined)
        return new Error('The prepared requests were used up too early to measure anything');
      const seconds = milliseconds / 1000;
      const clientBusy = (usage.user + usage.system) / 1e6 / seconds;
      const perSecond = answers / seconds;
      return { answers, answersInAll, seconds, perSecond, bytesPerAnswer: bytes / answers, clientBusy };
    },
  };
}
