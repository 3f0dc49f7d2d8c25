import { Fragment, type ReactNode } from 'react';

/** Names and values, as on a receipt. What has no value is left out. */
export function Facts({
  rows,
}: {
  readonly rows: readonly (readonly [name: string, value: string | undefined])[];
}): ReactNode {
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-2 text-sm">
      {rows
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => (
          <Fragment key={name}>
            <dt className="text-muted">{name}</dt>
            <dd className="numeric text-end font-medium">{value}</dd>
          </Fragment>
        ))}
    </dl>
  );
}
