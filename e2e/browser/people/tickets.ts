import assert from 'node:assert/strict';
import { checkInTicket, type TicketSecret as SecretAnswer } from '@urr/contracts/ticket-reads.ts';
import { callRoute } from '@urr/contracts/call-route.ts';
import { readTicketCode } from '../stage/read-code.ts';
import type { Sale } from '../stage/sales.ts';
import { adminToken } from '../stage/stage.ts';
import { until } from '../stage/until.ts';
import type { Visitor } from '../stage/visitor.ts';

/** Opens the n-th ticket of the list, which must be open; from 0. */
export async function openTicket(visitor: Visitor, index: number): Promise<void> {
  const rows = visitor.page.getByRole('main').getByRole('article').getByRole('link');
  await visitor.hand.press(rows.nth(index));
  await visitor.page.waitForURL(/\/tickets\/[0-9a-f-]{36}$/);
}

/** Holds the open ticket before the gate: the code on the screen must be one that lets its owner in. */
export async function passGate(visitor: Visitor, sale: Sale): Promise<void> {
  const payload = await codeOnScreen(visitor);
  const headers = { authorization: `Bearer ${await adminToken(visitor.stage)}` };
  const body = { eventId: sale.eventId, payload };
  const result = await callRoute(checkInTicket, { body }, { baseUrl: visitor.stage.gatewayUrl, headers });
  assert.ok(result.ok, `the gate refused ${JSON.stringify(result)}`);
}

/** The text of the code that the open ticket shows. */
export async function codeOnScreen(visitor: Visitor): Promise<string> {
  const picture = visitor.find('img', 'tickets.qr.label');
  await picture.waitFor();
  const ticketId = new URL(visitor.page.url()).pathname.split('/').at(-1) ?? '';
  const { gatewayUrl } = visitor.stage;
  const [token] = (await visitor.context.cookies()).filter(({ name }) => name === 'access_token');
  let code: string | undefined;
  const isRead = async () => {
    const answer = await fetch(`${gatewayUrl}/api/v1/tickets/${ticketId}/secret`, {
      headers: { authorization: `Bearer ${token?.value ?? ''}` },
    });
    code = await readTicketCode(picture, (await answer.json()) as SecretAnswer);
    return code !== undefined;
  };
  await until('the code on the screen to be that of this ticket', isRead, 6_000);
  return code ?? '';
}
