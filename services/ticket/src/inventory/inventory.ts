import type { Inventory } from '@urr/contracts/ticket-internal.ts';

/** One thing about an inventory that does not fit together. */
export interface InventoryFault {
  readonly path: string;
  readonly message: string;
}

/** Everything wrong with an inventory that its schema cannot tell. */
export function inventoryFaults(inventory: Inventory): InventoryFault[] {
  return [
    ...placeFaults(inventory),
    ...priceFaults(inventory),
    ...timeFaults(inventory),
    ...textFaults(inventory),
  ];
}

function placeFaults({ layout, pools }: Inventory): InventoryFault[] {
  const faults: InventoryFault[] = [];
  if ((layout === null) === (pools.length === 0))
    faults.push({ path: 'body/pools', message: 'must be given when, and only when, there is no layout' });
  if (layout !== null && layout.seats.length === 0)
    faults.push({ path: 'body/layout/seats', message: 'must have a seat' });
  if (new Set(pools.map((pool) => pool.ticketTypeId)).size < pools.length)
    faults.push({ path: 'body/pools', message: 'must not name a ticket type twice' });
  return faults;
}

function priceFaults({ layout, prices }: Inventory): InventoryFault[] {
  const priced = new Set(prices.map((price) => price.grade));
  const faults: InventoryFault[] = [];
  if (priced.size < prices.length)
    faults.push({ path: 'body/prices', message: 'must not price a grade twice' });
  for (const grade of new Set(layout?.seats.map((seat) => seat.grade)))
    if (!priced.has(grade)) faults.push({ path: 'body/prices', message: `must price grade ${grade}` });
  return faults;
}

function timeFaults({ startsAt, saleOpensAt, saleEndsAt }: Inventory): InventoryFault[] {
  const faults: InventoryFault[] = [];
  for (const [name, instant] of Object.entries({ startsAt, saleOpensAt, saleEndsAt })) {
    const year = new Date(instant).getUTCFullYear();
    if (!(year >= 1970 && year <= 9999))
      faults.push({ path: `body/${name}`, message: 'must be between 1970 and 9999' });
  }
  if (faults.length === 0 && new Date(saleEndsAt) <= new Date(saleOpensAt))
    faults.push({ path: 'body/saleEndsAt', message: 'must be after saleOpensAt' });
  return faults;
}

// PostgreSQL stores neither NUL nor half of a surrogate pair.
function textFaults({ title, venue, layout, pools }: Inventory): InventoryFault[] {
  const isStorable = (text: string) => !text.includes('\u0000') && text.isWellFormed();
  const named: readonly [string, { readonly ko: string; readonly en: string }][] = [
    ['body/title', title],
    ['body/venue', venue],
    ...pools.map(({ name }, index): [string, typeof name] => [`body/pools/${index}/name`, name]),
  ];
  const faulty = named.filter(([, { ko, en }]) => !isStorable(ko) || !isStorable(en)).map(([path]) => path);
  for (const [index, { section, row, seat }] of (layout?.seats ?? []).entries())
    if (![section, row, seat].every(isStorable)) faulty.push(`body/layout/seats/${index}`);
  return faulty.map((path) => ({ path, message: 'must be text that can be stored' }));
}
