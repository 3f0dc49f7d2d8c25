import type { Locator } from 'playwright-core';
import type { Sale } from '../stage/sales.ts';
import { textBeginning } from '../stage/texts.ts';
import type { Visitor } from '../stage/visitor.ts';

/** Opens the line of a sale and goes into its lobby. */
export async function enterLobby(visitor: Visitor, sale: Sale): Promise<void> {
  await visitor.open(`/events/${sale.slug}/line`);
  await visitor.press('button', 'line.page.joinLobby');
  await visitor.find('heading', 'line.page.standing.lobby.title').waitFor();
}

/** Opens the line of a sale on another device of an account that is in its lobby already. */
export async function findInLobby(visitor: Visitor, sale: Sale): Promise<void> {
  await visitor.open(`/events/${sale.slug}/line`);
  await visitor.find('heading', 'line.page.standing.lobby.title').waitFor();
}

/** Opens the line of a sale that is open and joins it, which leads to waiting. */
export async function joinLine(visitor: Visitor, sale: Sale): Promise<void> {
  await visitor.open(`/events/${sale.slug}/line`);
  await visitor.press('button', 'line.page.join');
  await seeWaiting(visitor);
}

/** Waits until the page says that its reader waits. */
export async function seeWaiting(visitor: Visitor): Promise<void> {
  await visitor.find('heading', 'line.page.standing.waiting.title').waitFor();
}

/** The number in line that the page shows. */
export async function ownNumber(visitor: Visitor): Promise<number> {
  const text = await figure(visitor, 'line.page.number').innerText();
  return Number(text.replace(/\D/g, ''));
}

/** Waits until the line has let a visitor in, and their seats are shown. */
export async function getIn(visitor: Visitor, sale: Sale, timeoutMs = 30_000): Promise<void> {
  await visitor.page.waitForURL(`**/events/${sale.slug}/seats`, { timeout: timeoutMs });
}

/** Gives the slot or the place back, as the button of the page does. */
export async function leave(visitor: Visitor, sale: Sale): Promise<void> {
  const line = `${visitor.stage.webUrl}/api/v1/queue/${sale.eventId}`;
  await visitor.context.request.post(`${line}/leave`);
}

// A label and its value: what has no name of its own is found beside what names it.
function figure(visitor: Visitor, label: 'line.page.number'): Locator {
  const name = textBeginning(visitor.locale, label);
  return visitor.page.getByRole('term').filter({ hasText: name }).locator('xpath=following-sibling::dd[1]');
}
