import { randomUUID } from 'node:crypto';
import { request } from 'undici';
import { prepareRequests } from '../client/prepare-requests.ts';
import type { RequestPlan } from '../client/request-plan.ts';

/** One answer as it came, for copying it and for checking what the load will be answered. */
export interface SampleAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

// Written by node:http itself for every answer.
const ownHeaders = ['date', 'connection', 'keep-alive', 'transfer-encoding'];

/** Sends the first request of a plan once and answers what came. */
export async function sample(port: number, plan: RequestPlan): Promise<SampleAnswer> {
  const [bytes] = prepareRequests({ ...plan, count: 1 });
  const [head = '', body = ''] = (bytes ?? Buffer.alloc(0)).toString().split('\r\n\r\n');
  const lines = head.split('\r\n').slice(1);
  const sent = lines.map((line) => line.split(/: */, 2) as [string, string]);
  const isOurs = ([name]: [string, string]) => name !== 'host' && name !== 'content-length';
  const answer = await request(`http://127.0.0.1:${port}${plan.path}`, {
    method: plan.method,
    headers: Object.fromEntries(sent.filter(isOurs)),
    ...(plan.body === undefined ? {} : { body }),
  });
  const headers = Object.entries(answer.headers)
    .filter(([name]) => !ownHeaders.includes(name))
    .map(([name, value]) => [name, String(value)] as const);
  return { status: answer.statusCode, headers: Object.fromEntries(headers), body: await answer.body.text() };
}

/** A sample that must have this status, or the scene cannot be played. */
export async function sampleOf(port: number, plan: RequestPlan, status: number): Promise<SampleAnswer> {
  const answer = await sample(port, plan);
  if (answer.status !== status)
    throw new Error(`${plan.method} ${plan.path} answered ${answer.status}: ${answer.body}`);
  return answer;
}

/** An event id nobody has used. */
export function newEventId(): string {
  return randomUUID();
}
