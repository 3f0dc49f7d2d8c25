import pg from 'pg';

/** A digest of every row of a table, by `database.table`. */
export type DatabaseSnapshot = ReadonlyMap<string, string>;

/** Databases to be looked at again and again. */
export interface DatabaseWatch {
  snapshot(): Promise<DatabaseSnapshot>;
  /** Rows of a statement, run in one of the databases. */
  rows(database: string, statement: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** Names of the databases that have a table. */
  having(table: string): readonly string[];
  close(): Promise<void>;
}

interface Watched {
  readonly pool: pg.Pool;
  readonly tables: readonly string[];
  readonly digests: string;
}

/** Watches every table of every database of the server that `urlOf` leads to. */
export async function watchServer(urlOf: (database: string) => string): Promise<DatabaseWatch> {
  const names = await databaseNames(urlOf('postgres'));
  return watchDatabases(new Map(names.map((name) => [name, urlOf(name)])));
}

/** Watches every table of databases, given by name and address. */
export async function watchDatabases(urls: ReadonlyMap<string, string>): Promise<DatabaseWatch> {
  const watched = new Map<string, Watched>();
  const close = async () => void (await Promise.all([...watched.values()].map(({ pool }) => pool.end())));
  try {
    for (const [database, url] of urls) watched.set(database, await watch(url, database));
  } catch (error) {
    await close();
    throw error;
  }
  return {
    snapshot: async () => new Map((await Promise.all([...watched.values()].map(digest))).flat()),
    rows: async (database, statement) => {
      const { pool } = watched.get(database) ?? {};
      if (pool === undefined) throw new Error(`No database is called ${database}`);
      return (await pool.query(statement)).rows;
    },
    having: (table) => [...watched].flatMap(([name, { tables }]) => (tables.includes(table) ? [name] : [])),
    close,
  };
}

/** Tables whose rows are others than they were. */
export function changedTables(before: DatabaseSnapshot, after: DatabaseSnapshot): string[] {
  const tables = new Set([...before.keys(), ...after.keys()]);
  return [...tables].filter((table) => before.get(table) !== after.get(table));
}

async function databaseNames(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      'SELECT datname AS name FROM pg_database WHERE NOT datistemplate AND datallowconn ORDER BY 1',
    );
    return rows.map(({ name }) => name);
  } finally {
    await client.end();
  }
}

async function watch(url: string, database: string): Promise<Watched> {
  const pool = new pg.Pool({ connectionString: url, max: 2 });
  // What is lost shows in the next statement.
  pool.on('error', () => {});
  const { rows } = await pool.query<{ name: string; identifier: string }>(
    `SELECT CASE WHEN nspname = 'public' THEN relname ELSE nspname || '.' || relname END AS name,
       format('%I.%I', nspname, relname) AS identifier
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE relkind IN ('r', 'p') AND nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema' ORDER BY 1`,
  );
  const digests = rows.map(
    ({ name, identifier }) =>
      `SELECT ${pg.escapeLiteral(`${database}.${name}`)} AS name,
       count(*) || ':' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) AS digest FROM ${identifier} t`,
  );
  return { pool, tables: rows.map(({ name }) => name), digests: digests.join(' UNION ALL ') };
}

async function digest({ pool, digests }: Watched): Promise<[string, string][]> {
  if (digests === '') return [];
  // Named, for to plan it takes longer than to carry it out.
  const { rows } = await pool.query<{ name: string; digest: string }>({ name: 'digests', text: digests });
  return rows.map((row) => [row.name, row.digest]);
}
