import { randomUUID } from 'node:crypto';
import { register } from '@urr/contracts/auth.ts';
import { callRoute, type CallResult } from '@urr/contracts/call-route.ts';
import { getEvent, listEvents } from '@urr/contracts/catalog.ts';
import { readLineState } from '@urr/contracts/queue.ts';
import { listMyReservations } from '@urr/contracts/ticket.ts';
import type { RouteContract } from '@urr/contracts/route-contract.ts';

const accounts = 20;
const looks = 400;
const pageLooks = 200;
const atOnce = 8;

/** What a quiet quarter of an hour brings: people register and look at events, lines, their own bookings, and every kind of page. */
export async function smallLoad(baseUrl: string, pagesUrl: string): Promise<void> {
  const options = { baseUrl, deadlineMs: 20_000 };
  const { events } = bodyOf(await callRoute(listEvents, { query: {} }, options));
  const tokens: string[] = [];
  await inTurns(accounts, async () => {
    const body = { email: `bench-${randomUUID()}@example.com`, password: randomUUID() };
    tokens.push(bodyOf(await callRoute(register, { body }, options)).accessToken);
  });
  await inTurns(looks, async (index) => {
    const { eventId } = events[index % events.length] ?? { eventId: randomUUID() };
    const headers = { authorization: `Bearer ${tokens[index % tokens.length] ?? ''}` };
    bodyOf(await callRoute(getEvent, { params: { eventId } }, options));
    bodyOf(await callRoute(listMyReservations, { query: {} }, { ...options, headers }));
    // Not every event has a line; the refusal is an answer as well.
    await callRoute(readLineState, { params: { eventId } }, options);
  });
  const paths = events.flatMap(({ slug }) =>
    ['', '/seats', '/line', '/draw'].map((of) => `/events/${slug}${of}`),
  );
  await readPages(pagesUrl, ['', '/search', '/login', '/tickets', '/organiser', ...paths]);
}

async function readPages(pagesUrl: string, paths: readonly string[]): Promise<void> {
  await inTurns(pageLooks, async (index) => {
    const response = await fetch(
      `${pagesUrl}/${index % 2 === 0 ? 'ko' : 'en'}${paths[index % paths.length]}`,
    );
    await response.arrayBuffer();
    if (response.status !== 200) throw new Error(`The page ${response.url} answered ${response.status}`);
  });
}

function bodyOf<Contract extends RouteContract>(result: CallResult<Contract>) {
  if (result.ok) return result.body;
  throw new Error(`The small load was refused: ${JSON.stringify(result.problem)}`);
}

async function inTurns(count: number, act: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const work = async () => {
    while (next < count) await act(next++);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}
