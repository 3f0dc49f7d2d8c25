/** A column as `tables.ts` describes it. */
export interface DescribedColumn {
  readonly table: string;
  readonly column: string;
  readonly mayBeNull: boolean;
  readonly kind: 'number' | 'boolean' | 'bytes' | 'instant' | 'json' | 'list' | 'text';
}

/** Columns of the tables that a `tables.ts` describes, in its interface whose name ends in `Tables`. */
export function readTables(source: string): DescribedColumn[] {
  const text = source.replaceAll(/\/\*[^]*?\*\/|\/\/.*$/gm, '');
  const interfaces = new Map(
    [...text.matchAll(/^export interface (\w+)[^{]*\{([^]*?)^\}/gm)].map(([, name = '', body = '']) => [
      name,
      membersOf(body),
    ]),
  );
  const [, tables] = [...interfaces].find(([name]) => name.endsWith('Tables')) ?? [];
  return [...(tables ?? [])].flatMap(([table, type]) => {
    const columns = type.startsWith('{') ? membersOf(type.slice(1, -1)) : (interfaces.get(type) ?? new Map());
    return [...columns].map(([column, of]) => ({ table, column, ...described(of) }));
  });
}

// Members end at a semicolon outside of braces.
function membersOf(body: string): Map<string, string> {
  const members = new Map<string, string>();
  let depth = 0;
  let start = 0;
  for (let at = 0; at <= body.length; at += 1) {
    const sign = body[at] ?? ';';
    if (sign === '{') depth += 1;
    else if (sign === '}') depth -= 1;
    if (sign !== ';' || depth > 0) continue;
    const member = /^\s*(?:readonly )?(\w+)\??:\s*([^]*?)\s*$/.exec(body.slice(start, at));
    if (member?.[1] !== undefined) members.set(member[1], member[2] ?? '');
    start = at + 1;
  }
  return members;
}

function described(type: string): Pick<DescribedColumn, 'mayBeNull' | 'kind'> {
  // What is read; what may be written follows it.
  const read = type.replace(/^(?:ColumnType|Generated)<([^,>]*)[^]*>/, '$1');
  return { mayBeNull: /\bnull\b|^Optional/.test(read) || type.endsWith('> | null'), kind: kindOf(read) };
}

function kindOf(bare: string): DescribedColumn['kind'] {
  if (/\[\]/.test(bare) && !/^Json\b/.test(bare)) return 'list';
  if (/^(?:Default|Optional)?Instant\b|^Stamp\b|^Date\b/.test(bare)) return 'instant';
  if (/^Json\b|^unknown\b/.test(bare)) return 'json';
  if (/^Buffer\b/.test(bare)) return 'bytes';
  if (/^boolean\b/.test(bare)) return 'boolean';
  return /^number\b/.test(bare) ? 'number' : 'text';
}
