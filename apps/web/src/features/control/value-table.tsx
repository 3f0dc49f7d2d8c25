import type { ReactNode } from 'react';

/** The numbers of a chart, a row for each minute. */
export function ValueTable({
  caption,
  heads,
  rows,
}: {
  readonly caption: string;
  readonly heads: readonly string[];
  readonly rows: readonly { readonly key: string; readonly cells: readonly string[] }[];
}): ReactNode {
  return (
    <table className="numeric w-full text-sm">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr className="text-start text-muted">
          {heads.map((head, index) => (
            <th
              key={head}
              scope="col"
              className={`py-1 font-semibold ${index === 0 ? 'text-start' : 'text-end'}`}
            >
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, cells: [first, ...rest] }) => (
          <tr key={key} className="border-t border-rule">
            <th scope="row" className="py-1 text-start font-normal">
              {first}
            </th>
            {rest.map((cell, index) => (
              <td key={heads[index + 1]} className="py-1 text-end">
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
