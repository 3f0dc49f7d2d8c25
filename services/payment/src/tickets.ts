import type { ProblemCode } from '@urr/contracts/problem-table.ts';
import {
  beginReturn,
  confirmReservation,
  type PayableReservation,
  pinReservation,
  quoteReturn,
  readEventOwner,
} from '@urr/contracts/ticket-internal.ts';
import type { BodyOf } from '@urr/contracts/route-contract.ts';
import { callWorkload, type WorkloadCall } from '@urr/platform/call-workload.ts';

/** An answer of ticket-service: its value, its definite refusal, or nothing that can be relied on. */
export type TicketAnswer<Value> =
  | { readonly kind: 'ok'; readonly value: Value }
  | { readonly kind: 'refused'; readonly code: ProblemCode }
  | { readonly kind: 'unknown' };

export type FulfilmentAnswer =
  | { readonly kind: 'issued'; readonly ticketIds: readonly string[] }
  | { readonly kind: 'lost' }
  | { readonly kind: 'unknown' };

export interface TicketReturn {
  readonly ticketIds: readonly string[];
  readonly amount: number;
}

/** ticket-service as payments sees it. */
export interface Tickets {
  ownerOf(eventId: string): Promise<TicketAnswer<{ readonly ownerId: string }>>;
  pin(reservationId: string, accountId: string): Promise<TicketAnswer<PayableReservation>>;
  /** Keeps a hold while the outcome of its payment is unknown. It may be asked for at will: it takes effect once. */
  keep(reservationId: string, accountId: string): Promise<TicketAnswer<PayableReservation>>;
  confirm(order: {
    reservationId: string;
    paymentId: string;
    eventId: string;
    accountId: string;
    amount: number;
    acceptEqualSeats: boolean;
  }): Promise<FulfilmentAnswer>;
  beginReturn(order: ReturnOrder & { refundId: string }): Promise<TicketAnswer<TicketReturn>>;
  quoteReturn(order: ReturnOrder): Promise<TicketAnswer<TicketReturn>>;
}

export interface ReturnOrder {
  readonly reservationId: string;
  readonly accountId: string;
  /** Null: all. */
  readonly ticketIds: readonly string[] | null;
}

export function createTickets(call: WorkloadCall): Tickets {
  return {
    ownerOf: async (eventId) =>
      answerOf(await callWorkload(readEventOwner, { params: { eventId } }, call), readEventOwner.refusals),
    pin: (reservationId, accountId) => extend(call, reservationId, { accountId }),
    keep: (reservationId, accountId) => extend(call, reservationId, { accountId, reason: 'outcome-unknown' }),
    confirm: async ({ reservationId, ...body }) =>
      fulfilmentOf(await callWorkload(confirmReservation, { params: { reservationId }, body }, call)),
    beginReturn: async ({ reservationId, refundId, accountId, ticketIds }) =>
      answerOf(
        await callWorkload(
          beginReturn,
          {
            params: { reservationId },
            body: { refundId, accountId, ...(ticketIds === null ? {} : { ticketIds: [...ticketIds] }) },
          },
          call,
        ),
        beginReturn.refusals,
      ),
    quoteReturn: async ({ reservationId, accountId, ticketIds }) =>
      answerOf(
        await callWorkload(
          quoteReturn,
          {
            params: { reservationId },
            query: { accountId, ...(ticketIds === null ? {} : { ticketIds: ticketIds.join(',') }) },
          },
          call,
        ),
        quoteReturn.refusals,
      ),
  };
}

async function extend(
  call: WorkloadCall,
  reservationId: string,
  body: BodyOf<typeof pinReservation>,
): Promise<TicketAnswer<PayableReservation>> {
  const answer = await callWorkload(pinReservation, { params: { reservationId }, body }, call);
  return answerOf(answer, pinReservation.refusals);
}

type Result<Value> =
  | { readonly ok: true; readonly body: Value }
  | { readonly ok: false; readonly problem: { readonly code: ProblemCode } };

// Only a refusal the contract names is an answer; a 404 of a proxy, say, is none.
function answerOf<Value>(result: Result<Value>, refusals: readonly ProblemCode[]): TicketAnswer<Value> {
  if (result.ok) return { kind: 'ok', value: result.body };
  const { code } = result.problem;
  return refusals.includes(code) ? { kind: 'refused', code } : { kind: 'unknown' };
}

function fulfilmentOf(
  result: Result<{ outcome: 'issued'; ticketIds: string[] } | { outcome: 'lost' }>,
): FulfilmentAnswer {
  const answer = answerOf(result, confirmReservation.refusals);
  // Money was taken for something ticket-service will never issue: the same as lost.
  if (answer.kind === 'refused') return { kind: 'lost' };
  if (answer.kind === 'unknown') return answer;
  if (answer.value.outcome === 'lost') return { kind: 'lost' };
  return { kind: 'issued', ticketIds: answer.value.ticketIds };
}
