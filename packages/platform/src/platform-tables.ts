import type { ColumnType, Generated } from 'kysely';

type Instant = ColumnType<Date, Date | string | undefined, Date | string>;
type Json = ColumnType<unknown, string, string>;

/** Tables of `migrations/`, present in every service's database. */
export interface PlatformTables {
  outbox: {
    position: Generated<number>;
    id: Generated<string>;
    topic: string;
    type: string;
    subject: string;
    data: Json;
    occurred_at: Instant;
    published_at: Instant | null;
  };
  consumed_events: { consumer: string; event_id: string; consumed_at: Instant };
  dead_letters: {
    consumer: string;
    event_id: string;
    topic: string;
    envelope: Json;
    fault: string;
    failed_at: Instant;
    replayed_at: Instant | null;
    replay_requested_at: Instant | null;
  };
  audit_log: {
    id: Generated<number>;
    at: Instant;
    actor: string;
    action: string;
    subject: string;
    before: Json | null;
    after: Json | null;
    request_id: string | null;
  };
  idempotency_keys: {
    caller: string;
    key: string;
    route: string;
    fingerprint: string;
    claimed_until: Instant;
    status: number | null;
    body: Json | null;
    created_at: Instant;
  };
}
