'use client';

import { useTranslations } from 'next-intl';
import { type CredentialFaults, type CredentialField, passwordLength } from './credentials.ts';

/** The words for what is wrong with a field; undefined when nothing is. */
export function useFaultText(faults: CredentialFaults): (field: CredentialField) => string | undefined {
  const t = useTranslations('account.faults');
  return (field) => {
    const fault = faults[field];
    if (fault === undefined) return undefined;
    const isPassword = field === 'password' || field === 'currentPassword' || field === 'newPassword';
    const text = isPassword ? 'password' : field;
    return t(`${text}.${fault}`, passwordLength);
  };
}
