import pg from 'pg';

/** A digest of every row of every table, by table. */
export type DatabaseSnapshot = ReadonlyMap<string, string>;

/** Digests all tables of the databases but those left out, named `database.table`. */
export async function snapshot(
  urls: ReadonlyMap<string, string>,
  leftOut: ReadonlySet<string>,
): Promise<DatabaseSnapshot> {
  const digests = new Map<string, string>();
  for (const [database, url] of urls) {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      const tables = await client.query<{ name: string }>(
        "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1",
      );
      for (const { name } of tables.rows) {
        if (leftOut.has(`${database}.${name}`)) continue;
        const { rows } = await client.query<{ digest: string }>(
          `SELECT count(*) || ':' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) AS digest FROM ${client.escapeIdentifier(name)} t`,
        );
        digests.set(`${database}.${name}`, rows[0]?.digest ?? '');
      }
    } finally {
      await client.end();
    }
  }
  return digests;
}
