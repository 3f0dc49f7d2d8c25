import type { EventState } from '@urr/contracts/catalog-shapes.ts';
import type { StateDocument } from '@urr/contracts/queue.ts';

/** Where the sale of an event stands for somebody who wants a ticket. */
export type SalePhase =
  | 'before-lobby'
  | 'lobby'
  | 'on-sale'
  | 'paused'
  | 'draining'
  | 'sold-out'
  | 'ended'
  | 'cancelled';

/** What decides the phase, as the catalogue has it. Milliseconds since the epoch. */
export interface SaleFacts {
  readonly state: EventState;
  readonly lobbyOpensAtMs: number;
  readonly opensAtMs: number;
  readonly endsAtMs: number;
}

/** What of the line's state decides with it. */
export type LineFacts = Pick<StateDocument, 'phase' | 'times'>;

/** The facts of an event as the catalogue answers it. */
export function saleFactsOf(event: {
  readonly state: EventState;
  readonly sale: { readonly lobbyOpensAt: string; readonly opensAt: string; readonly endsAt: string };
}): SaleFacts {
  return {
    state: event.state,
    lobbyOpensAtMs: Date.parse(event.sale.lobbyOpensAt),
    opensAtMs: Date.parse(event.sale.opensAt),
    endsAtMs: Date.parse(event.sale.endsAt),
  };
}

/** The facts as the line has them now: its times win, they may have been moved since the page was made. */
export function withLineTimes(facts: SaleFacts, line: LineFacts | undefined): SaleFacts {
  const [lobby, opens, ends] = line?.times ?? [];
  if (lobby === undefined || opens === undefined || ends === undefined) return facts;
  return {
    ...facts,
    lobbyOpensAtMs: moved(facts.lobbyOpensAtMs, lobby),
    opensAtMs: moved(facts.opensAtMs, opens),
    endsAtMs: moved(facts.endsAtMs, ends),
  };
}

/**
 * The phase at a moment of the server's clock. Times turn it by themselves; the line, which may know it a moment later, decides
 * what no time can tell: a pause, an early opening, the last ticket.
 */
export function salePhase(facts: SaleFacts, nowMs: number, line?: LineFacts): SalePhase {
  if (facts.state === 'cancelled' || line?.phase === 'cancelled') return 'cancelled';
  if (facts.state === 'ended' || line?.phase === 'ended' || nowMs >= facts.endsAtMs) return 'ended';
  switch (line?.phase) {
    case 'soldout':
      return 'sold-out';
    case 'draining':
      return 'draining';
    case 'paused':
      return nowMs < facts.opensAtMs ? beforeOpening(facts, nowMs) : 'paused';
    case 'open':
      return 'on-sale';
    case 'scheduled':
    case 'lobby':
    case 'drawing':
    case undefined:
      break;
  }
  if (nowMs < facts.opensAtMs) return beforeOpening(facts, nowMs);
  return facts.state === 'sold_out' && line === undefined ? 'sold-out' : 'on-sale';
}

/** The moment the phase turns by itself, when there is one worth counting to. */
export function countsDownTo(phase: SalePhase, facts: SaleFacts): number | undefined {
  if (phase === 'before-lobby') return facts.lobbyOpensAtMs;
  return phase === 'lobby' ? facts.opensAtMs : undefined;
}

function beforeOpening(facts: SaleFacts, nowMs: number): SalePhase {
  return nowMs < facts.lobbyOpensAtMs ? 'before-lobby' : 'lobby';
}

// The line counts whole seconds: within one the catalogue is the more exact.
function moved(knownMs: number, seconds: number): number {
  return Math.abs(knownMs - seconds * 1000) < 1000 ? knownMs : seconds * 1000;
}
