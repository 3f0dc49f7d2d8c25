'use client';

import type { AccountView } from '@urr/contracts/auth.ts';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Queries } from '../../api/queries.tsx';
import { LinkButton } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { Notice } from '../../components/notice.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { Link } from '../../i18n/link.tsx';
import { GoogleButton } from './google-button.tsx';
import { LogOutButton } from './log-out-button.tsx';
import { OwnAccount } from './own-account.tsx';
import { RenameForm } from './rename-form.tsx';

interface Props {
  readonly googleClientId: string | undefined;
  /** The page itself: where linking Google comes back to. */
  readonly here: `/${string}`;
  /** Language and theme. */
  readonly settings: ReactNode;
}

/** Who is signed in, and everything they may do about it. */
export function AccountOverview(props: Props): ReactNode {
  return (
    <Queries>
      <OwnAccount skeleton={<OverviewSkeleton />}>
        {(account) => <Overview account={account} {...props} />}
      </OwnAccount>
    </Queries>
  );
}

function Overview({
  account,
  googleClientId,
  here,
  settings,
}: Props & { readonly account: AccountView }): ReactNode {
  const t = useTranslations('account');
  return (
    <div className="grid gap-4">
      {account.mustChangePassword && (
        <Notice
          tone="warn"
          title={t('mustChange.title')}
          action={<LinkButton href="/account/password">{t('changePassword.title')}</LinkButton>}
        >
          {t('mustChange.lead')}
        </Notice>
      )}
      <Profile account={account} />
      <Ways account={account} />
      <Card className="grid gap-3">
        <h2 className="text-lg">{t('rename.title')}</h2>
        <RenameForm name={account.name} />
      </Card>
      {settings}
      {googleClientId !== undefined && (
        <Card className="grid gap-3">
          <h2 className="text-lg">{t('google.link')}</h2>
          <p className="text-sm text-muted">{t('google.linkLead')}</p>
          <GoogleButton clientId={googleClientId} next={here} />
        </Card>
      )}
      <LogOutButton />
    </div>
  );
}

function Profile({ account }: { readonly account: AccountView }): ReactNode {
  const t = useTranslations('account');
  const rows = [
    [t('name.short'), account.name],
    [t('email.label'), account.email],
    [t('role.label'), t(`role.${account.role}`)],
  ] as const;
  return (
    <Card>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-2">
        {rows.map(([label, value]) => (
          <div key={label} className="contents">
            <dt className="text-muted">{label}</dt>
            <dd className="font-medium">{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

function Ways({ account }: { readonly account: AccountView }): ReactNode {
  const t = useTranslations('account.ways');
  const ways = [
    ['tickets', '/tickets'],
    ['reservations', '/reservations'],
    ['password', '/account/password'],
    ['sessions', '/account/sessions'],
    ...(account.role === 'fan' ? [] : ([['organiser', '/organiser']] as const)),
  ] as const;
  return (
    <nav
      aria-label={t('label')}
      className="overflow-hidden rounded-card border border-rule bg-surface shadow-card"
    >
      <ul>
        {ways.map(([name, path]) => (
          <li key={name} className="border-t border-rule first:border-t-0">
            <Link
              href={path}
              className="flex min-h-14 items-center justify-between gap-3 px-5 py-2 hover:bg-sunken"
            >
              <span>
                <span className="font-semibold">{t(`${name}.title`)}</span>
                <span className="block text-sm text-muted">{t(`${name}.lead`)}</span>
              </span>
              <span aria-hidden className="text-xl text-muted">
                ›
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function OverviewSkeleton(): ReactNode {
  return (
    <div className="grid gap-4">
      <Skeleton className="h-34" />
      <Skeleton className="h-64" />
      <Skeleton className="h-36" />
    </div>
  );
}
