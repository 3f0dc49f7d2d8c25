import type { RouteContract } from '@urr/contracts/route-contract.ts';
import * as contracts from '@urr/contracts/ticket-reads.ts';
import type { TicketSecret } from '@urr/contracts/ticket-reads.ts';
import { type RouteInput, serve } from '@urr/platform/serve.ts';
import type { Deps } from '../deps.ts';
import { checkInTicket } from './check-in-ticket.ts';
import { drawTicketQr } from './draw-ticket-qr.ts';
import { listTickets } from './list-tickets.ts';
import { ticketCodeRule } from './one-time-code.ts';
import { ownTicket, requireValid } from './own-ticket.ts';
import { SaleMemory } from './sale-memory.ts';
import type { TicketRow } from './store.ts';
import { ticketView } from './ticket-view.ts';

type TicketDeps = Pick<Deps, 'db' | 'live' | 'config' | 'serve'>;

/** Registers what owners do with tickets, and the gate. */
export function serveTickets(given: TicketDeps): void {
  const deps = { ...given, sales: new SaleMemory(given) };
  serve(deps.serve, contracts.listMyTickets, ({ query, account, reply }) => {
    reply.header('cache-control', 'private, no-store');
    const { eventId, before, limit = 20 } = query;
    return listTickets(deps, account.accountId, { eventId, before, limit });
  });
  serve(deps.serve, contracts.readTicket, async ({ params, account, reply }) => {
    reply.header('cache-control', 'private, no-store');
    const row = await ownTicket(deps, params.ticketId, account.accountId);
    const sale = await deps.sales.read(row.event_id, row.revision);
    return ticketView(row, sale, deps.config.RETURN_CUTOFF_HOURS);
  });
  serve<RouteContract>(deps.serve, contracts.readTicketQr, (input) => sendQr(deps, input as QrInput));
  serve(deps.serve, contracts.readTicketSecret, async ({ params, account, reply }) => {
    reply.header('cache-control', 'private, no-store');
    const row = await ownTicket(deps, params.ticketId, account.accountId);
    requireValid(row, account.accountId);
    return secretView(row);
  });
  serve(deps.serve, contracts.checkInTicket, ({ body, account, request, reply }) => {
    reply.header('cache-control', 'no-store');
    return checkInTicket(deps, { ...body, account, requestId: request.id });
  });
}

type QrInput = RouteInput<typeof contracts.readTicketQr>;

async function sendQr(deps: TicketDeps, { params, account, reply }: QrInput): Promise<string> {
  const row = await ownTicket(deps, params.ticketId, account.accountId);
  requireValid(row, account.accountId);
  const qr = await drawTicketQr(row);
  reply
    .type('image/svg+xml; charset=utf-8')
    .header('cache-control', `private, max-age=${qr.secondsLeft}`)
    .header('x-rotates-at', qr.rotatesAt.toISOString());
  return qr.svg;
}

function secretView(row: TicketRow): TicketSecret {
  return {
    code: row.code,
    totpSecret: row.totp_secret.toString('base64url'),
    ...ticketCodeRule,
    now: new Date(row.now_ms).toISOString(),
  };
}
