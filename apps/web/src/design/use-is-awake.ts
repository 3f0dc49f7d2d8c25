'use client';

import { useSyncExternalStore } from 'react';

const never = () => () => {};

/** Whether the part of the page around it has come alive; until then it has to show what the server drew. */
export function useIsAwake(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
