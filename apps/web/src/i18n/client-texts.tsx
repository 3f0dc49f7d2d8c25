import { NextIntlClientProvider } from 'next-intl';
import { getMessages } from 'next-intl/server';
import type { ReactNode } from 'react';
import type { Messages } from '../messages/messages.ts';

/** Gives the client components inside it the texts of some namespaces; a page sends no others. */
export async function ClientTexts({
  namespaces,
  children,
}: {
  readonly namespaces: readonly (keyof Messages)[];
  readonly children: ReactNode;
}): Promise<ReactNode> {
  const all = (await getMessages()) as Messages;
  const messages = Object.fromEntries(namespaces.map((name) => [name, all[name]]));
  return <NextIntlClientProvider messages={messages}>{children}</NextIntlClientProvider>;
}
