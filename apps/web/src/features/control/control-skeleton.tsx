import type { ReactNode } from 'react';
import { Skeleton } from '../../components/skeleton.tsx';

/** The room before its first answer, in its final sizes. */
export function ControlSkeleton(): ReactNode {
  return (
    <div className="grid gap-8">
      <Skeleton className="h-40 sm:h-28" />
      <div className="grid gap-4 lg:grid-cols-3">
        {['line', 'sale', 'payment'].map((name) => (
          <Skeleton key={name} className="h-64" />
        ))}
      </div>
      <Skeleton className="h-72" />
      <div className="grid gap-4 lg:grid-cols-2">
        {['arrivals', 'waiting', 'active', 'payments'].map((name) => (
          <Skeleton key={name} className="h-72" />
        ))}
      </div>
    </div>
  );
}
