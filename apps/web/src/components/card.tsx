import type { ReactNode } from 'react';
import { classNames } from '../design/class-names.ts';

/** A sheet of paper on the page. */
export function Card({
  children,
  className,
}: {
  readonly children: ReactNode;
  readonly className?: string;
}): ReactNode {
  return (
    <section className={classNames('rounded-card border border-rule bg-surface p-5 shadow-card', className)}>
      {children}
    </section>
  );
}
