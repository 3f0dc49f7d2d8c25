import type { Redis } from '@urr/platform/redis/redis.ts';
import type pg from 'pg';
import { askLine, type KeptLine } from './ask-line.ts';
import { settingFields } from './line-rows.ts';
import { lineScripts } from './line-scripts.ts';

/** What the sending of settings needs. */
export interface SettingsDeps {
  readonly pool: pg.Pool;
  readonly redis: Redis;
}

const numbersPerScript = 2_000;

/** Tells Redis what a line's row says, and the numbers a draw left without an owner. */
export async function sendSettings(deps: SettingsDeps, line: KeptLine): Promise<void> {
  const { row } = line;
  const drawnAt = row.drawn_at === null ? '' : String(row.drawn_at.getTime());
  const send = (hasHoles: string) => {
    const args = [String(row.settings_version), drawnAt, hasHoles, ...settingFields(row)];
    return askLine(deps.redis, line, { script: lineScripts.settings, args });
  };
  if ((await send('')).result !== 'holes') return;
  await sendHoles(deps, line);
  await send('1');
}

async function sendHoles({ pool, redis }: SettingsDeps, line: KeptLine): Promise<void> {
  for (let after = 0; ;) {
    const { rows } = await pool.query<{ number: number }>(
      `SELECT number FROM holes WHERE event_id = $1 AND number > $2 ORDER BY number LIMIT ${numbersPerScript}`,
      [line.eventId, after],
    );
    const numbers = rows.map((row) => String(row.number));
    if (numbers.length > 0) await askLine(redis, line, { script: lineScripts.holes, args: numbers });
    if (numbers.length < numbersPerScript) return;
    after = rows.at(-1)?.number ?? after;
  }
}
