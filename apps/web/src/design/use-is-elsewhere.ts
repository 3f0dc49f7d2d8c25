'use client';

import { useSyncExternalStore } from 'react';
import { isElsewhere } from './is-elsewhere.ts';

/** Whether the reader's clock shows another time than Seoul's; false until the browser has told. */
export function useIsElsewhere(): boolean {
  return useSyncExternalStore(never, isElsewhere, () => false);
}

const never = () => () => undefined;
