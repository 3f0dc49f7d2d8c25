import pg from 'pg';
import { countOf, type Finding } from '../../drill/audit/finding.ts';
import { findLimitViolations, findOversold } from '../../drill/audit/inventory.ts';
import { findDuplicatePlaces, findPacingViolations } from '../../drill/audit/line.ts';

/** What must hold at every moment, also between two kills; read from the databases of all sales. Throws what it found. */
export async function assertNothingBroken(databaseUrl: (name: string) => string): Promise<void> {
  const ticket = open(databaseUrl('ticket_db'));
  const queue = open(databaseUrl('queue_db'));
  try {
    const { rows } = await ticket.query<{ event_id: string }>('SELECT event_id FROM events');
    const findings = await Promise.all(rows.map((row) => lookAt(ticket, queue, row.event_id)));
    const broken = findings.flat().filter((finding) => finding.count > 0);
    if (countOf(broken) > 0) throw new Error(`Broken between two kills: ${JSON.stringify(broken, null, 2)}`);
  } finally {
    await Promise.all([ticket.end(), queue.end()]);
  }
}

async function lookAt(ticket: pg.Pool, queue: pg.Pool, eventId: string): Promise<Finding[]> {
  return [
    ...(await findOversold(ticket, eventId)),
    await findLimitViolations(ticket, eventId),
    ...(await findDuplicatePlaces(queue, eventId)),
    ...(await findPacingViolations(queue, eventId)),
  ];
}

function open(connectionString: string): pg.Pool {
  const pool = new pg.Pool({ connectionString, max: 2, connectionTimeoutMillis: 10_000 });
  pool.on('error', () => {});
  return pool;
}
