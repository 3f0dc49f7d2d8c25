import type { ReactNode } from 'react';
import { classNames } from '../design/class-names.ts';

/** The frame of a page: its one heading, what stands beside it, and its content. */
export function Page({
  title,
  lead,
  aside,
  isNarrow = false,
  children,
}: {
  readonly title: ReactNode;
  readonly lead?: ReactNode;
  readonly aside?: ReactNode;
  /** For forms and reading. */
  readonly isNarrow?: boolean;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <div className={classNames('mx-auto grid w-full gap-6 px-4 py-8', isNarrow ? 'max-w-xl' : 'max-w-6xl')}>
      <header className="flex flex-wrap items-end justify-between gap-4">
        <div className="grid gap-1">
          <h1 className="text-2xl sm:text-3xl">{title}</h1>
          {lead !== undefined && <p className="text-muted">{lead}</p>}
        </div>
        {aside}
      </header>
      {children}
    </div>
  );
}
