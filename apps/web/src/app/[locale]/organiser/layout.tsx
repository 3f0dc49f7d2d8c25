import type { ReactNode } from 'react';
import { Queries } from '../../../api/queries.tsx';
import { PasswordChangedNotice } from '../../../features/account/password-changed-notice.tsx';
import { OrganiserNav } from '../../../features/planning/organiser-nav.tsx';
import { ClientTexts } from '../../../i18n/client-texts.tsx';

/** The frame of the organisers' pages: their menu, and one memory of what was read for all of them. */
export default function OrganiserLayout({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <Queries>
      <ClientTexts namespaces={['planning', 'common']}>
        <OrganiserNav />
        <PasswordChangedNotice />
      </ClientTexts>
      {children}
    </Queries>
  );
}
