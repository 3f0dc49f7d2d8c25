import { availableParallelism, cpus, release, totalmem, type } from 'node:os';
import pg from 'pg';

/** Where something was measured. */
export interface Machine {
  readonly cores: number;
  readonly processor: string;
  readonly memoryGigabytes: number;
  readonly system: string;
  readonly node: string;
  readonly postgres?: string;
  /** Median time of one small transaction on one connection: what a disk flush costs here. */
  readonly commitMilliseconds?: number;
}

/** Names this machine; a database that ran tells its version and the cost of its flush. */
export async function nameMachine(databaseUrl: string | undefined): Promise<Machine> {
  return {
    cores: availableParallelism(),
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    memoryGigabytes: Math.round(totalmem() / 1024 ** 3),
    system: `${type()} ${release()}`,
    node: process.versions.node,
    ...(databaseUrl === undefined ? {} : await askDatabase(databaseUrl)),
  };
}

const commits = 101;

async function askDatabase(connectionString: string) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
    await client.query('CREATE TABLE flush_probe (n integer)');
    const times: number[] = [];
    for (let n = 0; n < commits; n += 1) {
      const startedAt = performance.now();
      await client.query('INSERT INTO flush_probe VALUES ($1)', [n]);
      times.push(performance.now() - startedAt);
    }
    await client.query('DROP TABLE flush_probe');
    const median = times.toSorted((one, other) => one - other)[Math.floor(commits / 2)] ?? 0;
    return { postgres: rows[0]?.server_version ?? 'unknown', commitMilliseconds: Number(median.toFixed(2)) };
  } finally {
    await client.end();
  }
}
