'use client';

import type { AccountView } from '@urr/contracts/auth.ts';
import { useTranslations } from 'next-intl';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { LinkButton } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { pathWithNext } from '../account/next-path.ts';
import { ReadFailed } from './read-failed.tsx';
import { useMe } from './use-me.ts';

/** Shows a page of organisers (or of admins) to them; tells everybody else how to become one. */
export function OrganiserGate({
  need = 'organiser',
  children,
}: {
  readonly need?: 'organiser' | 'admin';
  readonly children: ReactNode;
}): ReactNode {
  const me = useMe();
  if (me.data === undefined)
    return me.error === null ? (
      <Loading />
    ) : (
      <ReadFailed problem={me.error.problem} onRetry={() => void me.refetch()} />
    );
  if (me.data.role === 'fan') return <BecomeOrganiser me={me.data} />;
  if (me.data.mustChangePassword) return <PasswordFirst />;
  return need === 'admin' && me.data.role !== 'admin' ? <AdminsOnly /> : children;
}

/** Shows what only organisers can use, to them alone, and says nothing to others: the page itself explains. */
export function ForOrganisers({ children }: { readonly children: ReactNode }): ReactNode {
  const me = useMe().data;
  return me === undefined || me.role === 'fan' ? null : children;
}

function Loading(): ReactNode {
  const t = useTranslations('planning.read');
  return (
    <div className="grid gap-4">
      <output className="sr-only">{t('loading')}</output>
      <Skeleton className="h-28" />
      <Skeleton className="h-64" />
    </div>
  );
}

function BecomeOrganiser({ me }: { readonly me: AccountView }): ReactNode {
  const t = useTranslations('planning.gate');
  return (
    <Card className="grid max-w-2xl gap-4">
      <h2 className="text-xl">{t('title')}</h2>
      <p className="text-muted">{t('lead')}</p>
      <ol className="grid list-decimal gap-2 ps-6">
        <li>{t('step1')}</li>
        <li>{t('step2')}</li>
        <li>{t('step3')}</li>
      </ol>
      <dl className="grid gap-1 rounded-control bg-sunken px-4 py-3">
        <dt className="text-sm text-muted">{t('yourEmail')}</dt>
        <dd className="font-semibold select-all">{me.email}</dd>
      </dl>
      <div>
        <LinkButton href="/account" tone="secondary">
          {t('account')}
        </LinkButton>
      </div>
    </Card>
  );
}

function PasswordFirst(): ReactNode {
  const t = useTranslations('planning.gate');
  const path = usePathname();
  return (
    <EmptyState
      title={t('passwordTitle')}
      action={<LinkButton href={pathWithNext('/account/password', path)}>{t('passwordAction')}</LinkButton>}
    >
      {t('passwordLead')}
    </EmptyState>
  );
}

function AdminsOnly(): ReactNode {
  const t = useTranslations('planning.gate');
  return (
    <EmptyState title={t('adminTitle')} action={<LinkButton href="/organiser">{t('back')}</LinkButton>}>
      {t('adminLead')}
    </EmptyState>
  );
}
