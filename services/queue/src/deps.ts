import type { EventBus } from '@urr/platform/event-bus.ts';
import type { HotDocuments } from '@urr/platform/hot-documents.ts';
import type { Logger } from '@urr/platform/logger.ts';
import type { ServeDeps } from '@urr/platform/serve.ts';
import type { Kysely } from 'kysely';
import type { QueueConfig } from './config.ts';
import type { AdmissionFeed } from './enter/admission-feed.ts';
import type { LineStore } from './line/line-store.ts';
import type { LiveSales } from './line/live-sales.ts';
import type { Receipts } from './line/receipt.ts';
import type { QueueTables } from './tables.ts';

/** What features of this service are made of; each takes its `Pick`. */
export interface Deps {
  readonly config: QueueConfig;
  readonly store: LineStore;
  readonly live: LiveSales;
  readonly receipts: Receipts;
  readonly hotDocuments: HotDocuments;
  readonly serve: ServeDeps;
  /** For the audit log and the dead-letter box. */
  readonly db: Kysely<QueueTables>;
  readonly bus: EventBus;
  readonly logger: Logger;
  /** Tells the outbox relay that something was announced. */
  readonly wakeRelay: () => void;
  /** Who was let in, for the world outside; absent where nobody asked for it. */
  readonly admissionFeed: AdmissionFeed | undefined;
}
