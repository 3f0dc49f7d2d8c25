import type pg from 'pg';
import type { LineStore } from '../line-store.ts';
import { createDrawsPart as createLoggedDraws } from '../postgres/draws.ts';
import type { KeptLines } from './kept-lines.ts';

type DrawsPart = Pick<LineStore, 'readRoster' | 'recordDraw' | 'readChunkRoots'>;

/** Rosters and draws of lines that Redis keeps: drawn from the log, which has everything once the freeze is logged. */
export function createDrawsPart({ lines, pool }: { lines: KeptLines; pool: pg.Pool }): DrawsPart {
  const logged = createLoggedDraws(pool);
  return {
    ...logged,
    readRoster: async (eventId, fromIndex, count) => {
      await lines.view(eventId);
      return logged.readRoster(eventId, fromIndex, count);
    },
    recordDraw: async (eventId, draw) => {
      const isOurs = await logged.recordDraw(eventId, draw);
      await lines.takeOverRow(eventId);
      return isOurs;
    },
  };
}
