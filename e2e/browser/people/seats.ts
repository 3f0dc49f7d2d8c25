import type { Locator } from 'playwright-core';
import { textBeginning } from '../stage/texts.ts';
import type { Visitor } from '../stage/visitor.ts';

/** A seat as it is printed on a ticket. */
export interface SeatPlace {
  readonly section: string;
  readonly row: string;
  readonly seat: string;
}

/** The seats of the small hall's front row, by number. */
export function frontSeat(number: number): SeatPlace {
  return { section: '1F', row: 'A', seat: String(number) };
}

/** Shows the seats as a list and opens a section of it. */
export async function openSeatList(visitor: Visitor, section: string): Promise<void> {
  const { page, hand, locale } = visitor;
  await hand.press(visitor.find('radio', 'seats.view.list'));
  const name = textBeginning(locale, 'seats.list.section', { section });
  await hand.press(page.getByRole('button', { name, expanded: false }));
}

/** The button of a seat in the list. */
export function seatButton(visitor: Visitor, place: SeatPlace): Locator {
  return visitor.find('button', 'seats.seat.name', { ...place });
}

/** Chooses seats in the list, which must be open. */
export async function chooseSeats(visitor: Visitor, places: readonly SeatPlace[]): Promise<void> {
  for (const place of places) await visitor.hand.press(seatButton(visitor, place));
}

/** Points at the middle of the map and around it until that many seats are chosen, as who does not mind which. */
export async function chooseOnMap(visitor: Visitor, count: number): Promise<void> {
  const map = visitor.find('application', 'seats.map.label');
  await map.waitFor();
  const area = await map.boundingBox();
  if (area === null) throw new Error('The map has no area');
  const chosen = visitor.find('button', 'seats.choice.remove');
  for (const [dx, dy] of aroundTheMiddle) {
    if ((await chosen.count()) === count) return;
    const position = { x: area.width * (0.5 + dx), y: area.height * (0.5 + dy) };
    const before = await chosen.count();
    await map.click({ position });
    // A press on a section comes nearer, which takes a moment.
    await visitor.page.waitForTimeout(450);
    if ((await chosen.count()) < before) await map.click({ position });
  }
  throw new Error(`Only ${await chosen.count()} seats could be chosen on the map`);
}

const aroundTheMiddle: readonly (readonly [number, number])[] = [
  [0, 0],
  [0, 0],
  ...[0.03, 0.06, 0.09, 0.12, 0.16, 0.2].flatMap((far): (readonly [number, number])[] => [
    [far, 0],
    [-far, 0],
    [far, far],
    [-far, far],
    [0, far],
    [0, -far],
  ]),
];

/** Holds what is chosen and waits for the checkout. */
export async function reserve(visitor: Visitor, count: number): Promise<void> {
  await visitor.press('button', 'seats.choice.reserve', { count });
  await visitor.page.waitForURL(/\/reservations\/[0-9a-f-]{36}$/);
}
