'use client';

import { readMe, renameMe } from '@urr/contracts/auth.ts';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { call } from '../../api/call.ts';
import { Field } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { type CredentialFaults, credentialFaults } from './credentials.ts';
import { FormFoot } from './form-foot.tsx';
import { useAccountForm } from './use-account-form.ts';
import { useFaultText } from './use-fault-text.ts';

/** Changes what the reader is called. */
export function RenameForm({ name }: { readonly name: string }): ReactNode {
  const t = useTranslations('account');
  const queries = useQueryClient();
  const [isDone, setDone] = useState(false);
  const { faults, submit, ...foot } = useAccountForm<typeof renameMe>({
    check: (typed) => nameFaults(typed['name'] ?? ''),
    send: (typed) => {
      setDone(false);
      return call(renameMe, { body: { name: (typed['name'] ?? '').trim() } });
    },
    onDone: async () => {
      await queries.invalidateQueries({ queryKey: [readMe.name] });
      setDone(true);
      return 'stay';
    },
  });
  const fault = useFaultText(faults);
  return (
    <form method="post" noValidate onSubmit={submit} className="grid gap-4">
      {isDone && <Notice tone="good" title={t('rename.done')} />}
      <Field
        label={t('name.short')}
        name="name"
        autoComplete="name"
        defaultValue={name}
        required
        error={fault('name')}
      />
      <FormFoot {...foot}>{t('rename.submit')}</FormFoot>
    </form>
  );
}

function nameFaults(name: string): CredentialFaults {
  return name.trim() === '' ? { name: 'required' } : credentialFaults({ name });
}
