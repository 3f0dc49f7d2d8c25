import type { Locator } from 'playwright-core';
import { until } from '../stage/until.ts';
import type { Visitor } from '../stage/visitor.ts';

/** Opens the newest mail to an address whose subject says something, as soon as it is there. */
export async function openMail(visitor: Visitor, email: string, subject: RegExp): Promise<void> {
  const { page, stage } = visitor;
  const mail = page
    .getByRole('listitem')
    .filter({ hasText: email })
    .getByRole('link', { name: subject })
    .first();
  await until(`a mail to ${email}`, async () => {
    await page.goto(`${stage.simulatorUrl}/mailbox`);
    return (await mail.count()) > 0;
  });
  await visitor.hand.press(mail);
}

/** A link of the open mail, by what it leads to. */
export function linkInMail({ page }: Visitor, path: string): Locator {
  return page.locator(`a[href*="${path}"]`).first();
}
