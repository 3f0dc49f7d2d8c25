import { Counter, Gauge, type Registry } from '@urr/platform/metrics.ts';
import type { Kysely } from 'kysely';
import type { AuthTables } from '../tables.ts';
import { countMails } from './store.ts';

/** Figures of mail. */
export type MailMetrics = ReturnType<typeof createMailMetrics>;

export function createMailMetrics(registry: Registry, db: Kysely<AuthTables>) {
  const registers = [registry];
  const oldest = new Gauge({
    name: 'mails_oldest_waiting_seconds',
    help: 'Age of the oldest mail that is not sent yet; grows while the mail server is away',
    registers,
  });
  new Gauge({
    name: 'mails_waiting',
    help: 'Mails that are owed and not sent yet',
    registers,
    async collect() {
      // A scrape must answer even when the database does not.
      const counts = await countMails(db).catch(() => undefined);
      if (counts === undefined) return;
      this.set(counts.waiting);
      oldest.set(counts.oldestSeconds);
    },
  });
  return {
    attempts: new Counter({
      name: 'mail_attempts_total',
      help: 'Attempts to send a mail by how they ended; failed: given up for good',
      labelNames: ['template', 'outcome'],
      registers,
    }),
  };
}
