import type { ControlRoom } from '@urr/contracts/queue-control.ts';
import type { LinePhase } from '@urr/contracts/queue.ts';

/** What an organiser may do to a line besides its pace. */
export type LineAction = 'open' | 'pause' | 'resume' | 'drain';

type Standing = Pick<ControlRoom, 'phase' | 'isPaused' | 'isDraining'>;

const afterOpening: readonly string[] = ['drawing', 'open', 'draining', 'paused', 'soldout'];

/** Actions that would change something now, the likeliest first. */
export function actionsFor({ phase, isPaused, isDraining }: Standing): LineAction[] {
  const isOpen = afterOpening.includes(phase);
  const actions: LineAction[] = [];
  if (isPaused || (isOpen && isDraining)) actions.push('resume');
  if (phase === 'scheduled' || phase === 'lobby') actions.push('open');
  if (!isPaused && (isOpen || phase === 'lobby')) actions.push('pause');
  if (!isDraining && isOpen) actions.push('drain');
  return actions;
}

/** False once nothing about the line can be changed any more. */
export function isRunning(phase: string): boolean {
  return phase !== 'ended' && phase !== 'cancelled';
}

/** The phase a document names, where its contract leaves the word open. */
export function phaseOf(word: string): LinePhase {
  const known: readonly LinePhase[] = [
    'scheduled',
    'lobby',
    'drawing',
    'open',
    'draining',
    'paused',
    'soldout',
    'ended',
    'cancelled',
  ];
  return known.find((phase) => phase === word) ?? 'open';
}

/** What the clock counts to in a phase. */
export function nextMoment(
  room: Pick<ControlRoom, 'phase' | 'lobbyOpensAt' | 'opensAt' | 'endsAt'>,
): { readonly what: 'lobbyOpens' | 'opens' | 'ends'; readonly at: string } | null {
  if (room.phase === 'scheduled') return { what: 'lobbyOpens', at: room.lobbyOpensAt };
  if (room.phase === 'lobby') return { what: 'opens', at: room.opensAt };
  return isRunning(room.phase) ? { what: 'ends', at: room.endsAt } : null;
}
