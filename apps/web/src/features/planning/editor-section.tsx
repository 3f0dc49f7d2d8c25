import { type ReactNode, useId } from 'react';

/** One part of the form, with its heading. */
export function EditorSection({
  title,
  lead,
  children,
}: {
  readonly title: string;
  readonly lead?: string;
  readonly children: ReactNode;
}): ReactNode {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className="grid gap-4 rounded-card border border-rule bg-surface p-5 shadow-card"
    >
      <div>
        <h2 id={id} className="text-xl">
          {title}
        </h2>
        {lead !== undefined && <p className="mt-1 text-sm text-muted">{lead}</p>}
      </div>
      {children}
    </section>
  );
}
