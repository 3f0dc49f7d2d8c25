import type { Bilingual } from '@urr/contracts/primitives.ts';

/** The city of an address: its first word in Korean, its last part in English. */
export function cityOf(address: Bilingual): Bilingual {
  return {
    ko: address.ko.trim().split(/[\s,]+/)[0] ?? '',
    en: address.en.split(',').at(-1)?.trim() ?? '',
  };
}
