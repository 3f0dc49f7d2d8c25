import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import pg from 'pg';
import type { Logger } from './logger.ts';
import type { Secret } from './secret.ts';

// bigint columns hold counters and won, far below 2^53; strings would only be parsed again everywhere.
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => Number(text));

const silence = 'Query read timeout';
/** A server that was the primary before a failover says this to whoever wants to write. */
const readOnly = '25006';
/** A prepared statement's columns are no longer what they were. */
const changedTable = '0A000';
/** Rows answered as a whole: prepared, they would fail on every connection after a migration that adds a column. */
const wholeRows = /(?:\b(?:select|distinct|returning)|,)\s*\*|\.\s*\*/i;
/** What stands in parentheses, innermost first: subqueries and the steps of WITH do not decide which columns are answered. */
const innermost = /\([^()]*\)/g;
/** Statements kept prepared on a connection, some 20 KB each in its server process. */
const mostPrepared = 300;
const unavailable = new Set([
  readOnly,
  changedTable,
  '25P03',
  // The server, or what stands before it, takes no connection at present, or not with this password.
  '08000',
  '08001',
  '08003',
  '08004',
  '08006',
  '28P01',
  '3D000',
  '55000',
  '57P01',
  '57P02',
  '57P03',
  '57P05',
  '57014',
  '55P03',
  // No room: on its disk, in its memory, for one more connection.
  '53000',
  '53100',
  '53200',
  '53300',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  // While it moves, its name or its address may lead nowhere.
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** An open database: `pool` for hand-written statements on hot paths, `db` for everything else. */
export interface Database<Tables> {
  readonly pool: pg.Pool;
  readonly db: Kysely<Tables>;
  close(): Promise<void>;
}

/** How a service opens its database. */
export interface DatabaseOptions {
  readonly url: Secret;
  readonly poolSize: number;
  readonly logger: Logger;
  /** Milliseconds one statement may run; 10,000 when absent. */
  readonly statementTimeoutMs?: number;
}

/** Opens a pool. Connections are made on demand, so an unreachable server shows in readiness, not here. */
export function openDatabase<Tables>(options: DatabaseOptions): Database<Tables> {
  const pool = new pg.Pool({
    connectionString: options.url.reveal(),
    max: options.poolSize,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
    statement_timeout: options.statementTimeoutMs ?? 10_000,
    query_timeout: (options.statementTimeoutMs ?? 10_000) + 2_000,
    idle_in_transaction_session_timeout: 30_000,
    keepAlive: true,
  });
  // Without a listener, a server restart would end the process.
  // The error itself carries the whole client, which would fill the log.
  pool.on('error', (error) => options.logger.warn({ fault: error.message }, 'idle database connection lost'));
  const named = nameStatements();
  // The pool listens to idle connections alone; one that breaks between two statements of a transaction would end the process.
  pool.on('connect', (client) => {
    client.on('error', (error) => options.logger.warn({ fault: error.message }, 'database connection lost'));
    prepareAndLeaveWhenUseless(client, named);
  });
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return { pool, db, close: () => db.destroy() };
}

// Kysely gives a connection back to the pool whatever became of its query. One whose server vanished, or may not write any
// more, would fail caller after caller; a new one finds the successor.
function prepareAndLeaveWhenUseless(client: pg.PoolClient, named: NameStatement): void {
  const query = client.query.bind(client) as (...given: unknown[]) => unknown;
  const watched = (...given: unknown[]) => {
    const answer = query(...named(given));
    if (answer instanceof Promise)
      answer.catch((error: unknown) => {
        if (isUseless(error)) void (client as unknown as pg.Client).end();
      });
    return answer;
  };
  client.query = watched as typeof client.query;
}

function isUseless(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error.message === silence || [readOnly, changedTable].includes(codeOf(error));
}

/** Gives what a connection is asked a name, where it should have one. */
type NameStatement = (asked: readonly unknown[]) => readonly unknown[];

interface Statement {
  readonly name?: unknown;
  readonly text?: unknown;
  readonly values?: unknown;
  /** There on what is a query by itself, such as a cursor. */
  readonly submit?: unknown;
}

// A statement with a name is parsed once for each connection and planned a few times, which was up to a fifth of
// PostgreSQL's work for a purchase. Lists of changing length make ever new statements, so only the first ones get a name.
// A hot statement without values, or with a `*` that no migration changes, is given its name where it is written.
function nameStatements(): NameStatement {
  const names = new Map<string, string>();
  const nameOf = (text: string) => {
    if (!names.has(text) && names.size < mostPrepared && !answersWholeRows(text))
      names.set(text, `statement-${names.size}`);
    return names.get(text);
  };
  return (asked) => {
    const [first, second, ...callback] = asked;
    const statement = typeof first === 'string' ? { text: first, values: second } : (first as Statement);
    const { text, values } = statement;
    if (statement.name !== undefined || statement.submit !== undefined || typeof text !== 'string')
      return asked;
    if (!Array.isArray(values) || values.length === 0) return asked;
    const name = nameOf(text);
    return name === undefined ? asked : [{ ...statement, name }, undefined, ...callback];
  };
}

function answersWholeRows(text: string): boolean {
  const outer = text.replaceAll(innermost, '');
  return outer === text ? wholeRows.test(text) : answersWholeRows(outer);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** Runs `work` in one READ COMMITTED transaction and returns its value. */
export function inTransaction<Tables, Value>(
  db: Kysely<Tables>,
  work: (transaction: Transaction<Tables>) => Promise<Value>,
): Promise<Value> {
  return db.transaction().execute(work);
}

/** True when an error means that the database could not be reached or gave up, so that the caller may retry. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (unavailable.has(codeOf(error))) return true;
  return (
    error instanceof Error &&
    /timeout exceeded when trying to connect|Connection terminated|is not queryable|Query read timeout/.test(
      error.message,
    )
  );
}
