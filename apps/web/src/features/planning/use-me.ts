'use client';

import { readMe } from '@urr/contracts/auth.ts';
import { useRoute } from '../../api/queries.tsx';

/** The signed-in account; asked once for all of a page. */
export function useMe() {
  return useRoute(readMe, {});
}
