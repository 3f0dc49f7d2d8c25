import type { ReactNode } from 'react';
import { classNames } from '../design/class-names.ts';

/** Keeps the place of what is loading, so that nothing moves when it comes. */
export function Skeleton({ className }: { readonly className?: string }): ReactNode {
  return <div aria-hidden className={classNames('animate-pulse rounded-control bg-sunken', className)} />;
}
