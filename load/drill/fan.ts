import type { Life } from './engine/action.ts';
import type { Ending, FanContext } from './fan-context.ts';
import { buy } from './steps/buy.ts';
import { join } from './steps/join.ts';
import { waitForTurn } from './steps/wait-for-turn.ts';

/** A fan's whole visit, from the click on "join" to the ticket or the way home. */
export function* fanLife(context: FanContext): Life<Ending> {
  const place = yield* join(context);
  if (!('state' in place)) return `refused at the door: ${place.code ?? 'unexpected'}`;
  const turn = yield* waitForTurn(context, place);
  switch (turn.kind) {
    case 'entered':
      return yield* buy(context, turn.entryToken);
    case 'left':
      return 'left-line';
    case 'over':
      return 'still-waiting';
    case 'refused':
      return `refused at the door: ${turn.code}`;
  }
}
