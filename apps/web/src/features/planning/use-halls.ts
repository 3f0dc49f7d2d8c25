'use client';

import { listHalls } from '@urr/contracts/catalog.ts';
import { useRoute } from '../../api/queries.tsx';

/** Halls an event can be put into, up to a hundred. */
export function useHalls() {
  return useRoute(listHalls, { query: { limit: 100 } });
}
