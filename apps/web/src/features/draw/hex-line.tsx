import type { ReactNode } from 'react';

/** A long number of a draw with its name, in a list of such. */
export function HexLine({ label, value }: { readonly label: string; readonly value: string }): ReactNode {
  return (
    <div>
      <dt className="text-sm text-muted">{label}</dt>
      <dd>
        <code className="block rounded-control bg-sunken px-3 py-2 text-sm break-all select-all">
          {value}
        </code>
      </dd>
    </div>
  );
}
