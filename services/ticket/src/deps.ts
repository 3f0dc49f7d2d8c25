import type { EventBus } from '@urr/platform/event-bus.ts';
import type { Logger } from '@urr/platform/logger.ts';
import type { ServeDeps } from '@urr/platform/serve.ts';
import type { Kysely } from 'kysely';
import type pg from 'pg';
import type { TicketConfig } from './config.ts';
import type { EntryCheck } from './entry/entry-check.ts';
import type { LiveSales } from './live/live-sales.ts';
import type { Holds } from './holds/holds.ts';
import type { TicketTables } from './tables.ts';

/** What features of this service are made of; each takes its `Pick`. */
export interface Deps {
  readonly config: TicketConfig;
  /** For hand-written statements on hot paths. */
  readonly pool: pg.Pool;
  readonly db: Kysely<TicketTables>;
  readonly logger: Logger;
  readonly bus: EventBus;
  readonly serve: ServeDeps;
  /** Events in memory: layout, seat status, pools; the store's clock. */
  readonly live: LiveSales;
  readonly checkEntry: EntryCheck;
  readonly holds: Holds;
  /** Tells the outbox relay that something was announced. */
  readonly wakeRelay: () => void;
}
