import type { Visitor } from '../stage/visitor.ts';

/** Takes so many places of a pool, whose sale must be open, and holds them. */
export async function reservePlaces(visitor: Visitor, pool: string, count: number): Promise<void> {
  const name = visitor.locale === 'ko' ? `${pool} 구역` : pool;
  const more = visitor.find('button', 'seats.standing.more', { name });
  for (let place = 0; place < count; place += 1) await visitor.hand.press(more);
  await visitor.press('button', 'seats.choice.reservePlaces', { count });
  await visitor.page.waitForURL(/\/reservations\/[0-9a-f-]{36}$/);
}
