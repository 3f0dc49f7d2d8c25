import type { Sale } from '../stage/sales.ts';
import { until } from '../stage/until.ts';
import { signIn, type Visitor } from '../stage/visitor.ts';

/** Signs a visitor in, lets them into a sale without walking through its line, and opens its seats. */
export async function beInside(visitor: Visitor, sale: Sale): Promise<void> {
  await signIn(visitor);
  const line = `${visitor.stage.webUrl}/api/v1/queue/${sale.eventId}`;
  const { request } = visitor.context;
  await request.post(`${line}/join`);
  await until('the entry', async () => (await request.post(`${line}/enter`)).ok());
  await visitor.open(`/events/${sale.slug}/seats`);
}
